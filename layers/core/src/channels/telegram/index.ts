import type { Channel } from '../contract.ts';
import { recipient } from './address.ts';
import { check } from './limits.ts';
import { manifest } from './manifest.ts';
import { locateMedia } from './media.ts';
import { normalise } from './normalise.ts';
import { send } from './send.ts';
import { hints, names, verify } from './verify.ts';
import { credentials, type Credentials } from './wire.ts';

/** Telegram, through the Bot API. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials,
  hints,
  names,
  verify,
  normalise,
  recipient,
  check,
  send,
  locateMedia,
};
