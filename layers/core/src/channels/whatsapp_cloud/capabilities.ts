import type { Capabilities } from '../contract.ts';

const MB = 1024 * 1024;

/** of a button, and of the message above it */
const title = { max: 20, unit: 'characters' } as const;
const text = { max: 1024, unit: 'characters' } as const;

/** Any text counts as plain text. */
const documents = [
  'text/*',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
];

/**
 * Meta's pages "Messages", "Media" and "Throughput": a number sends 80 a second, 20 if it is on the phone's app too, 1,000 once Meta has upgraded it; and one customer
 * gets one in 6 seconds, of which 45 may go in advance.
 */
export const capabilities: Capabilities = {
  text: { max: 4096, unit: 'characters' },
  caption: { max: 1024, unit: 'characters' },
  formatting: ['bold', 'italic', 'strikethrough', 'code', 'pre', 'blockquote'],
  media: {
    image: { types: ['image/jpeg', 'image/png'], maxBytes: 5 * MB, caption: true },
    video: { types: ['video/mp4', 'video/3gpp'], maxBytes: 16 * MB, caption: true },
    audio: {
      types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
      maxBytes: 16 * MB,
      caption: false,
    },
    document: { types: documents, maxBytes: 100 * MB, caption: true },
    sticker: { types: ['image/webp'], maxBytes: 500 * 1024, caption: false },
  },
  interactive: {
    buttons: { count: 3, title, text, around: ['header', 'file', 'footer'] },
    quick_replies: { count: 3, title, text },
    list: { count: 10, title: { max: 24, unit: 'characters' }, around: ['header', 'footer'] },
    link_button: { count: 1, title, text, around: ['header', 'file', 'footer'] },
    carousel: { count: 10, title: { max: 160, unit: 'characters' }, text },
    location_request: { count: 1, title: { max: 0, unit: 'characters' }, text },
  },
  location: true,
  contacts: 257,
  template: true,
  reaction: 'any',
  reply: true,
  actions: ['typing', 'read'],
  window: { hours: 24, after: 'template' },
  rates: [
    { per: 'second', scope: 'account', count: 80 },
    { per: 'second', scope: 'account', where: { phone_app: 'yes' }, count: 20 },
    { per: 'second', scope: 'account', where: { throughput: 'HIGH' }, count: 1000 },
    { per: 'minute', scope: 'recipient', count: 10, burst: 45 },
  ],
};
