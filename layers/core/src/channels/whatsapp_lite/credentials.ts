import * as v from 'valibot';
import { object, text } from '../../domain/fields.ts';

const secret = text(1);
/** what we ask with, and what proves that a webhook is the account's */
const keys = { api_key: secret, webhook_secret: secret };

/** Appgain Notify: sends for a suit. */
const notify = object({ kind: v.literal('notify'), suit_id: secret, ...keys });
export type NotifyCredentials = v.InferOutput<typeof notify>;

/** A WhatsApp gateway of the business's own, with the HTTP API of WAHA. */
const gateway = object({ kind: v.literal('gateway'), session: secret, ...keys });
export type GatewayCredentials = v.InferOutput<typeof gateway>;

/** A gateway of the business's own, with the HTTP API of Evolution 2. */
const evolution = object({ kind: v.literal('evolution'), instance: secret, ...keys });
export type EvolutionCredentials = v.InferOutput<typeof evolution>;

/** Of the way that the account's messages take. */
export const credentials = v.union([notify, gateway, evolution]);
export type Credentials = v.InferOutput<typeof credentials>;
