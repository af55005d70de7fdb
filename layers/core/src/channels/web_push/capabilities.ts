import type { Capabilities } from '../contract.ts';

/** `Notification.maxActions` of Chrome and Edge is two; what a push service carries is counted as a whole. */
export const capabilities: Capabilities = {
  text: { max: 1500, unit: 'bytes' },
  caption: { max: 1500, unit: 'bytes' },
  formatting: [],
  media: { image: { types: ['image/*'], maxBytes: 5 * 1024 * 1024, caption: true } },
  interactive: {
    buttons: { count: 2, title: { max: 40, unit: 'characters' } },
    quick_replies: { count: 2, title: { max: 40, unit: 'characters' } },
    link_button: { count: 1, title: { max: 40, unit: 'characters' } },
  },
  location: false,
  contacts: 0,
  template: false,
  reaction: 'none',
  reply: false,
  actions: [],
  rates: [],
};
