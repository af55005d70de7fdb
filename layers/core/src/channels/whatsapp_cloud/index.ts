import { phoneNumber } from '../../domain/contact.ts';
import type { Channel } from '../contract.ts';
import { check } from './limits.ts';
import { manifest } from './manifest.ts';
import { locateMedia } from './media.ts';
import { normalise } from './normalise.ts';
import { send } from './send.ts';
import { handshake, hints, verify } from './verify.ts';
import { credentials, type Credentials } from './wire.ts';

/** WhatsApp Business Platform, Cloud API. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials,
  hints,
  names: (account) => [`address:${account.externalId}`],
  verify,
  handshake,
  normalise,
  recipient(text) {
    const value = phoneNumber(text);
    return value === undefined ? undefined : { kind: 'phone', value };
  },
  check,
  send,
  locateMedia,
};
