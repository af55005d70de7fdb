import { phoneIdentity } from '../../domain/phone-number.ts';
import type { Channel } from '../contract.ts';
import { metaChannel } from '../shared/meta-channel.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import * as signed from './verify.ts';

const later = () => import('./later.ts');

/** WhatsApp Business Platform, Cloud API. */
export const channel: Channel<Credentials> = {
  ...metaChannel<Credentials>({ manifest, ...signed, normalise, recipient: phoneIdentity }, later),
  history: async (part) => (await import('./history.ts')).readHistory(part),
  wording: async (body) => (await later()).wording(body),
  templates: async () => (await later()).templates,
};
