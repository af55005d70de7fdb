import type { Capabilities } from '../contract.ts';

const MB = 1024 * 1024;

/** The Bot API's limits for files sent by link: 5 MB for a photo, 20 MB for anything else. */
export const capabilities: Capabilities = {
  text: { max: 4096, unit: 'utf16' },
  caption: { max: 1024, unit: 'utf16' },
  formatting: ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code', 'pre', 'blockquote', 'text_link'],
  media: {
    image: { types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], maxBytes: 5 * MB, caption: true },
    video: { types: ['video/mp4'], maxBytes: 20 * MB, caption: true },
    audio: { types: ['audio/mpeg', 'audio/mp4', 'audio/ogg'], maxBytes: 20 * MB, caption: true },
    document: { types: ['*'], maxBytes: 20 * MB, caption: true },
    sticker: { types: ['image/webp', 'video/webm', 'application/x-tgsticker'], maxBytes: 20 * MB, caption: false },
  },
  interactive: {
    buttons: { count: 100, title: { max: 4096, unit: 'utf16' } },
    quick_replies: { count: 100, title: { max: 4096, unit: 'utf16' } },
    list: { count: 100, title: { max: 4096, unit: 'utf16' } },
    link_button: { count: 1, title: { max: 4096, unit: 'utf16' } },
  },
  location: true,
  contacts: 1,
  template: false,
  reaction: 'some',
  reply: true,
  actions: [],
  rates: [
    { per: 'second', scope: 'account', count: 30 },
    { per: 'second', scope: 'recipient', count: 1 },
  ],
};
