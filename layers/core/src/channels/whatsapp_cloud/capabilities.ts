import type { Capabilities } from '../contract.ts';

const MB = 1024 * 1024;

/** Meta's pages "Messages" and "Media". */
export const capabilities: Capabilities = {
  text: { max: 4096, unit: 'characters' },
  caption: { max: 1024, unit: 'characters' },
  formatting: ['bold', 'italic', 'strikethrough', 'code', 'pre', 'blockquote'],
  media: {
    image: { types: ['image/jpeg', 'image/png'], maxBytes: 5 * MB, caption: true },
    video: { types: ['video/mp4', 'video/3gpp'], maxBytes: 16 * MB, caption: true },
    audio: {
      types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
      maxBytes: 16 * MB,
      caption: false,
    },
    document: { types: ['*'], maxBytes: 100 * MB, caption: true },
    sticker: { types: ['image/webp'], maxBytes: 500 * 1024, caption: false },
  },
  interactive: {
    buttons: { count: 3, title: { max: 20, unit: 'characters' } },
    quick_replies: { count: 3, title: { max: 20, unit: 'characters' } },
    list: { count: 10, title: { max: 24, unit: 'characters' } },
    link_button: { count: 1, title: { max: 20, unit: 'characters' } },
  },
  location: true,
  contacts: 257,
  template: true,
  reaction: 'any',
  reply: true,
  actions: [],
  window: { hours: 24, after: 'template' },
  rates: [
    { per: 'second', scope: 'account', count: 80 },
    { per: 'minute', scope: 'recipient', count: 10 },
  ],
};
