import type { Capabilities } from '../contract.ts';
import { reactions } from './reactions.ts';

const MB = 1024 * 1024;

const title = { max: 4096, unit: 'utf16' } as const;

/** The Bot API's limits. What goes by link (5 MB for a photo, 20 MB for anything else) may be smaller: the rest goes as bytes. */
export const capabilities = {
  text: { max: 4096, unit: 'utf16' },
  caption: { max: 1024, unit: 'utf16' },
  formatting: ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code', 'pre', 'blockquote', 'text_link'],
  media: {
    // width and height of a photo together are at most 10,000
    image: {
      types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
      maxBytes: 10 * MB,
      maxSide: 5000,
      caption: true,
    },
    video: { types: ['video/mp4'], maxBytes: 50 * MB, caption: true },
    audio: { types: ['audio/mpeg', 'audio/mp4', 'audio/ogg'], maxBytes: 50 * MB, caption: true },
    document: { types: ['*'], maxBytes: 50 * MB, caption: true },
    sticker: { types: ['image/webp', 'video/webm', 'application/x-tgsticker'], maxBytes: 50 * MB, caption: false },
  },
  interactive: {
    buttons: { count: 100, title, around: ['header', 'file', 'footer'] },
    quick_replies: { count: 100, title },
    list: { count: 100, title, around: ['header', 'footer'] },
    link_button: { count: 1, title, around: ['header', 'file', 'footer'] },
    location_request: { count: 1, title: { max: 0, unit: 'utf16' } },
  },
  location: true,
  contacts: 1,
  template: false,
  reaction: 'some',
  reactions,
  reply: true,
  actions: ['typing', 'read', 'edit', 'delete'],
  rates: [
    { per: 'second', scope: 'account', count: 30 },
    { per: 'second', scope: 'recipient', count: 1, burst: 3 },
    { per: 'minute', scope: 'recipient', to: 'group', count: 20 },
  ],
} satisfies Capabilities;
