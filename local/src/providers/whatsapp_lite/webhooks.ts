import { createHmac, randomUUID } from 'node:crypto';
import type { WhatsappLiteAccount } from '../account.ts';
import type { Hook } from '../deliveries.ts';
import type { Json } from '../../json.ts';
import type { PhoneMessage } from '../phones.ts';
import type { Lite } from './chats.ts';
import { evolutionHooks } from './evolution-hooks.ts';
import type { Hooks } from './hooks.ts';
import { wahaHooks } from './waha-hooks.ts';

/** How an account's gateway tells things. Appgain's own words are not published: its accounts speak as WAHA does. */
export function hooksOf(account: WhatsappLiteAccount): Hooks {
  return account.kind === 'evolution' ? evolutionHooks : wahaHooks;
}

/** Tells it, if the session hears; what a session that is linked misses is told when it hears again. */
export async function tell(lite: Lite, account: WhatsappLiteAccount, value: Json): Promise<void> {
  await keep(lite, account, value)();
}

/** Makes sure that it is told, by the call that comes back or the next start. */
export function keep(lite: Lite, account: WhatsappLiteAccount, value: Json): () => Promise<unknown> {
  const hook = hookOf(account, value, lite.now());
  return missed(lite, account, hook) ? async () => {} : lite.deliveries.keep(hook);
}

/** True when the session does not hear, and so this is not to be told now. */
export function missed(lite: Lite, account: WhatsappLiteAccount, hook: Hook): boolean {
  if (account.webhook_url === '') return true;
  if (lite.sessions.hears(account)) return false;
  const session = lite.sessions.of(account);
  if (session.paired) session.missed.push(hook);
  return true;
}

/** What came while the session did not hear. */
export async function catchUp(lite: Lite, account: WhatsappLiteAccount): Promise<void> {
  if (!lite.sessions.hears(account)) return;
  for (const hook of lite.sessions.of(account).missed.splice(0)) await lite.deliveries.send(hook);
}

/** The flat form: `{message_id, from, to, message, timestamp, channel}`. */
export function flatHook(account: WhatsappLiteAccount, from: string, message: PhoneMessage, at: number): Hook {
  return hookOf(
    account,
    {
      message_id: message.id,
      from,
      to: account.external_id,
      message: message.text ?? '',
      timestamp: new Date(at).toISOString(),
      channel: 'whatsapp_lite',
    },
    at,
  );
}

/** With the account's secret and an HMAC over the very bytes; Evolution signs nothing, and sends the headers it was given. */
export function hookOf(account: WhatsappLiteAccount, value: Json, at: number): Hook {
  const body = JSON.stringify(value);
  const signed = {
    'x-webhook-hmac': createHmac('sha512', account.webhook_secret).update(body).digest('hex'),
    'x-webhook-hmac-algorithm': 'sha512',
    'x-webhook-request-id': randomUUID(),
    'x-webhook-timestamp': String(at),
  };
  return {
    account: account.external_id,
    url: account.webhook_url,
    headers: {
      'content-type': 'application/json',
      'x-webhook-secret': account.webhook_secret,
      ...(account.kind === 'evolution' ? {} : signed),
    },
    body,
  };
}
