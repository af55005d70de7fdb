import { createHmac, randomUUID } from 'node:crypto';
import type { WhatsappLiteAccount } from '../account.ts';
import type { Hook } from '../deliveries.ts';
import type { Json } from '../json.ts';
import { chatIdOf } from './ids.ts';

type GatewayEvent = 'message' | 'message.any' | 'message.ack' | 'message.reaction' | 'session.status';

export const ackNames = { [-1]: 'ERROR', 0: 'PENDING', 1: 'SERVER', 2: 'DEVICE', 3: 'READ', 4: 'PLAYED' } as const;
export type Ack = keyof typeof ackNames;

/** One event in the gateway's envelope, with the account's secret and an HMAC over the very bytes. */
export function eventHook(account: WhatsappLiteAccount, event: GatewayEvent, payload: Json, at: number): Hook {
  return hookOf(account, at, {
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    timestamp: at,
    event,
    session: sessionName(account),
    me: { id: chatIdOf(account.external_id), pushName: account.name },
    payload,
    engine: 'WEBJS',
    environment: { version: '2026.10.1', engine: 'WEBJS', tier: 'PLUS', browser: '/usr/bin/chromium' },
  });
}

/** The flat form: `{message_id, from, to, message, timestamp, channel}`. */
export function flatHook(
  account: WhatsappLiteAccount,
  message: { id: string; from: string; text: string },
  at: number,
): Hook {
  return hookOf(account, at, {
    message_id: message.id,
    from: message.from,
    to: account.external_id,
    message: message.text,
    timestamp: new Date(at).toISOString(),
    channel: 'whatsapp_lite',
  });
}

/** A status of one of the business's own messages. */
export function ackHook(account: WhatsappLiteAccount, message: { id: string; to: string }, ack: Ack, at: number): Hook {
  const payload = {
    id: message.id,
    from: chatIdOf(account.external_id),
    to: chatIdOf(message.to),
    participant: null,
    fromMe: true,
    ack,
    ackName: ackNames[ack],
  };
  return eventHook(account, 'message.ack', payload, at);
}

export function sessionName(account: WhatsappLiteAccount): string {
  return account.kind === 'gateway' ? account.session : account.suit_id;
}

function hookOf(account: WhatsappLiteAccount, at: number, value: Json): Hook {
  const body = JSON.stringify(value);
  return {
    account: account.external_id,
    url: account.webhook_url,
    headers: {
      'content-type': 'application/json',
      'x-webhook-secret': account.webhook_secret,
      'x-webhook-hmac': createHmac('sha512', account.webhook_secret).update(body).digest('hex'),
      'x-webhook-hmac-algorithm': 'sha512',
      'x-webhook-request-id': randomUUID(),
      'x-webhook-timestamp': String(at),
    },
    body,
  };
}
