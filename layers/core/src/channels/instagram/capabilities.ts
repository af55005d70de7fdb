import type { Capabilities } from '../contract.ts';

const MB = 1024 * 1024;

/** The Instagram messaging API. */
export const capabilities: Capabilities = {
  text: { max: 1000, unit: 'bytes' },
  formatting: [],
  media: {
    image: { types: ['image/png', 'image/jpeg', 'image/gif'], maxBytes: 8 * MB, caption: false },
    video: {
      types: ['video/mp4', 'video/ogg', 'video/x-msvideo', 'video/quicktime', 'video/webm'],
      maxBytes: 25 * MB,
      caption: false,
    },
    audio: {
      types: ['audio/aac', 'audio/mp4', 'audio/x-m4a', 'audio/wav', 'audio/x-wav', 'audio/wave'],
      maxBytes: 25 * MB,
      caption: false,
    },
    document: { types: ['application/pdf'], maxBytes: 25 * MB, caption: false },
  },
  interactive: {
    buttons: { count: 13, title: { max: 20, unit: 'characters' } },
    quick_replies: { count: 13, title: { max: 20, unit: 'characters' } },
    link_button: { count: 1, title: { max: 20, unit: 'characters' } },
    carousel: { count: 10, title: { max: 80, unit: 'characters' } },
  },
  location: false,
  contacts: 0,
  template: false,
  reaction: 'some',
  reply: true,
  actions: [],
  window: { hours: 24, after: 'tag' },
  rates: [{ per: 'second', scope: 'account', count: 100 }],
};
