import type { Capabilities, InteractiveLimit, TextLimit } from '../contract.ts';

/** Both of Meta's messaging products have these. */
export interface MetaCapabilities extends Capabilities {
  interactive: Record<'quick_replies' | 'carousel', InteractiveLimit> &
    Record<'buttons' | 'link_button', InteractiveLimit & { text: TextLimit }>;
}

const MB = 1024 * 1024;

/** "Send media": an image has at most 8 MB, any other file 25 MB; none has a caption. */
export const image = { maxBytes: 8 * MB, caption: false };
/** Of any other file. */
export const file = { maxBytes: 25 * MB, caption: false };

const button = { max: 20, unit: 'characters' } as const;
/** of a button template ("Button template") */
const template = { max: 640, unit: 'characters' } as const;

/** What both can do alike ("Templates", "Quick replies", "Sender actions", "Messaging windows"). */
export const alike = {
  formatting: [],
  interactive: {
    buttons: { count: 3, title: button, text: template, around: [] },
    quick_replies: { count: 13, title: button },
    link_button: { count: 1, title: button, text: template, around: [] },
    carousel: { count: 10, title: { max: 80, unit: 'characters' }, text: { max: 0, unit: 'characters' } },
  },
  location: false,
  contacts: 0,
  reply: true,
  actions: ['typing', 'read'],
  window: { hours: 24, after: 'tag', tagHours: 7 * 24 },
} satisfies Partial<MetaCapabilities>;
