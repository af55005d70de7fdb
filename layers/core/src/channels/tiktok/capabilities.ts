import type { Capabilities } from '../contract.ts';

/** TikTok Business Messaging. A video is a post of the business's own, named by its address. */
export const capabilities: Capabilities = {
  text: { max: 6000, unit: 'utf16' },
  formatting: [],
  media: {
    image: { types: ['image/jpeg', 'image/png'], maxBytes: 3 * 1024 * 1024, caption: false },
  },
  interactive: {
    buttons: { count: 3, title: { max: 40, unit: 'utf16' } },
    quick_replies: { count: 3, title: { max: 40, unit: 'utf16' } },
  },
  location: false,
  contacts: 0,
  template: false,
  reaction: 'none',
  reply: false,
  actions: [],
  window: { hours: 48, messages: 10, after: 'nothing' },
  rates: [],
};
