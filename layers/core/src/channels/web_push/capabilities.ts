import type { Capabilities } from '../contract.ts';

/** What every browser that shows pictures can read. */
const image = {
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  maxBytes: 5 * 1024 * 1024,
  caption: true,
};

/** `Notification.maxActions` of Chrome and Edge is two; what a push service carries is counted as a whole. */
export const capabilities = {
  text: { max: 1500, unit: 'bytes' },
  caption: { max: 1500, unit: 'bytes' },
  formatting: [],
  media: { image },
  interactive: {
    buttons: { count: 2, title: { max: 40, unit: 'characters' }, around: ['header', 'footer'] },
    quick_replies: { count: 2, title: { max: 40, unit: 'characters' } },
    link_button: { count: 1, title: { max: 40, unit: 'characters' }, around: ['header', 'footer'] },
  },
  location: false,
  contacts: 0,
  template: false,
  reaction: 'none',
  reply: false,
  actions: [],
  rates: [],
} satisfies Capabilities;
