import * as v from 'valibot';
import { maybe, number, object } from '../shared/read.ts';
import { id } from './wire.ts';

const text = maybe(v.string());

/** Answer to a send, of any provider: the id stands under one of these names. */
export const sent = object({
  messageId: id,
  id,
  key: maybe(object({ id })),
  status: v.optional(v.unknown()),
});

/** WAHA's answer when its session is not connected. */
export const sessionProblem = object({ status: v.picklist(['STOPPED', 'STARTING', 'SCAN_QR_CODE', 'FAILED']) });

/** WAHA's answer about a session. Newer versions say when something last happened in it. */
export const wahaSession = object({
  status: v.string(),
  me: maybe(object({ id: text, pushName: text })),
  config: maybe(object({ webhooks: maybe(v.array(object({ url: text }))) })),
  engine: maybe(object({ engine: text, state: text })),
  timestamps: maybe(object({ activity: maybe(number) })),
});

/** The string that a code is drawn from. */
export const wahaQr = object({ value: v.string() });

/** Whether a number is on WhatsApp, and how its chat is called. */
export const wahaNumber = object({ numberExists: v.boolean(), chatId: text });

/** Evolution's answer about a connection. */
export const evolutionState = object({ instance: object({ state: text }) });

/** Its answer to a wish for a code, also when the instance is made new. */
export const evolutionQr = object({ code: text, qrcode: maybe(object({ code: text })) });

/** What it keeps of an instance. */
export const evolutionInstances = v.array(object({ ownerJid: text, profileName: text }));

/** What it says of a number that is not on WhatsApp. */
export const evolutionRefusal = object({
  response: object({ message: v.array(object({ exists: maybe(v.boolean()) })) }),
});
