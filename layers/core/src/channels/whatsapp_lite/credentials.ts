import * as v from 'valibot';
import { object, text } from '../../domain/fields.ts';

const secret = text(1);

/** Appgain Notify: sends for a suit. */
const notify = object({
  kind: v.literal('notify'),
  suit_id: secret,
  api_key: secret,
  webhook_secret: secret,
});
export type NotifyCredentials = v.InferOutput<typeof notify>;

/** A WhatsApp gateway of the business's own, with the HTTP API of WAHA. */
const gateway = object({
  kind: v.literal('gateway'),
  session: secret,
  api_key: secret,
  webhook_secret: secret,
});
export type GatewayCredentials = v.InferOutput<typeof gateway>;

/** A gateway of the business's own, with the HTTP API of Evolution 2. */
const evolution = object({
  kind: v.literal('evolution'),
  instance: secret,
  api_key: secret,
  webhook_secret: secret,
});
export type EvolutionCredentials = v.InferOutput<typeof evolution>;

export const credentials = v.union([notify, gateway, evolution]);
export type Credentials = v.InferOutput<typeof credentials>;
