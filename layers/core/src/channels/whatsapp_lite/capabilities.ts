import type { Capabilities } from '../contract.ts';
import { manifest } from './manifest.ts';

const MB = 1024 * 1024;

/** The gateways publish no limit but the text's; the others are WhatsApp's own. */
export const capabilities: Capabilities = {
  text: { max: 4096, unit: 'characters' },
  caption: { max: 4096, unit: 'characters' },
  formatting: ['bold', 'italic', 'strikethrough', 'code', 'pre', 'blockquote'],
  media: {
    image: { types: ['image/jpeg', 'image/png'], maxBytes: 16 * MB, caption: true },
    video: { types: ['video/mp4', 'video/3gpp'], maxBytes: 16 * MB, caption: true },
    audio: { types: ['audio/*'], maxBytes: 16 * MB, caption: false },
    document: { types: ['*'], maxBytes: 100 * MB, caption: true },
  },
  interactive: {},
  location: true,
  contacts: 257,
  template: false,
  reaction: 'any',
  reply: true,
  actions: ['typing', 'read', 'edit', 'delete'],
  rates: [{ per: 'day', scope: 'account', count: manifest.pace?.dailyLimit ?? 0 }],
};
