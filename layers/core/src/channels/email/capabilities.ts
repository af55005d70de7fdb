import type { Capabilities } from '../contract.ts';

/** Base64 makes 24.6 MB of it, and most servers take 25 MB. */
const FILES = 18 * 1024 * 1024;
const caption = { max: 65_536, unit: 'utf16' } as const;
const file = { types: ['*'], maxBytes: FILES, caption: true };

/** Mail has few limits of its own; these are what servers everywhere take. */
export const capabilities: Capabilities = {
  text: caption,
  caption,
  formatting: ['bold', 'italic', 'underline', 'strikethrough', 'code', 'pre', 'blockquote', 'text_link', 'url'],
  media: { image: file, video: file, audio: file, document: file },
  interactive: {},
  location: false,
  contacts: 0,
  template: false,
  mail: true,
  reaction: 'none',
  reply: true,
  actions: [],
  rates: [],
};
