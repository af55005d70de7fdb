import type { Capabilities } from '../contract.ts';

const MB = 1024 * 1024;

/** The Send API of the Messenger Platform. */
export const capabilities: Capabilities = {
  text: { max: 2000, unit: 'utf16' },
  formatting: [],
  media: {
    image: { types: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'], maxBytes: 8 * MB, caption: false },
    video: { types: ['video/*'], maxBytes: 25 * MB, caption: false },
    audio: { types: ['audio/*'], maxBytes: 25 * MB, caption: false },
    document: { types: ['*'], maxBytes: 25 * MB, caption: false },
  },
  interactive: {
    buttons: { count: 13, title: { max: 20, unit: 'characters' } },
    quick_replies: { count: 13, title: { max: 20, unit: 'characters' } },
    link_button: { count: 1, title: { max: 20, unit: 'characters' } },
    carousel: { count: 10, title: { max: 80, unit: 'characters' } },
  },
  location: false,
  contacts: 0,
  template: true,
  reaction: 'any',
  reply: true,
  actions: [],
  window: { hours: 24, after: 'tag' },
  rates: [{ per: 'second', scope: 'account', count: 250 }],
};
