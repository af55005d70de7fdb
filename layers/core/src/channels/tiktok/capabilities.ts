import type { Capabilities } from '../contract.ts';

/** of a card and of its buttons */
const title = { max: 40, unit: 'utf16' } as const;

/** TikTok Business Messaging. A text alone can quote, and a picture goes where TikTok lets it (`send.ts` asks). A video is a post of the business's own, named by its address. */
export const capabilities = {
  text: { max: 6000, unit: 'utf16' },
  formatting: [],
  media: {
    image: { types: ['image/jpeg', 'image/png'], maxBytes: 3 * 1024 * 1024, caption: false },
  },
  interactive: {
    buttons: { count: 3, title, text: title, around: [] },
    quick_replies: { count: 3, title, text: title },
  },
  location: false,
  contacts: 0,
  template: false,
  reaction: 'none',
  reply: true,
  actions: ['typing', 'read'],
  window: { hours: 48, messages: 10, after: 'nothing' },
  rates: [],
} satisfies Capabilities;
