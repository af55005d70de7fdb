import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Done } from '../contract.ts';
import { fieldsOf, readAs } from '../shared/read.ts';
import { wahaSession } from './api.ts';
import { ask, isOk, toEvolution, toWaha, type Call } from './call.ts';
import type { Credentials, EvolutionCredentials, GatewayCredentials } from './credentials.ts';
import { doneOf, errorOf } from './errors.ts';

/** `message.any` has what customers write, too. */
const WAHA_EVENTS = ['message.any', 'message.reaction', 'message.ack', 'message.revoked', 'session.status'];

/** WAHA before 2025 does not know them, and then refuses the others as well. */
const WAHA_LATER_EVENTS = ['message.edited', 'group.v2.join', 'group.v2.update'];

const EVOLUTION_EVENTS = [
  'QRCODE_UPDATED',
  'CONNECTION_UPDATE',
  'MESSAGES_UPSERT',
  'MESSAGES_UPDATE',
  'MESSAGES_EDITED',
  'MESSAGES_DELETE',
  'SEND_MESSAGE',
  'SEND_MESSAGE_UPDATE',
  'CONTACTS_UPSERT',
  'CONTACTS_UPDATE',
  'GROUPS_UPSERT',
  'GROUP_UPDATE',
];

/** Evolution wants an address even where it is not to send. */
const NOWHERE = 'https://nowhere.invalid';

/** Has a gateway send its webhooks here. Where Notify's replies go is set in Appgain's dashboard. */
export async function subscribe(account: ConnectedAccount<Credentials>, webhookUrl: string): Promise<Done> {
  const { credentials } = account;
  switch (credentials.kind) {
    case 'notify':
      return { ok: true };
    case 'gateway':
      return subscribeAtWaha(account, credentials, webhookUrl);
    case 'evolution': {
      const headers = { 'x-webhook-secret': credentials.webhook_secret };
      const webhook = {
        enabled: true,
        url: webhookUrl,
        headers,
        byEvents: false,
        base64: false,
        events: EVOLUTION_EVENTS,
      };
      return doneOf(await ask(account, webhookCall(credentials, webhook)));
    }
  }
}

/** Has it stop. */
export async function unsubscribe(account: ConnectedAccount<Credentials>): Promise<Done> {
  const { credentials } = account;
  switch (credentials.kind) {
    case 'notify':
      return { ok: true };
    case 'gateway':
      return subscribeAtWaha(account, credentials, undefined);
    case 'evolution':
      return doneOf(await ask(account, webhookCall(credentials, { enabled: false, url: NOWHERE, events: [] })));
  }
}

/** A session is told all its settings at once, and starts anew with them: it keeps those it has, and is left alone when nothing changes. */
async function subscribeAtWaha(
  account: ConnectedAccount,
  credentials: GatewayCredentials,
  url: string | undefined,
): Promise<Done> {
  const path = `sessions/${encodeURIComponent(credentials.session)}`;
  const known = await ask(account, toWaha(credentials, { method: 'GET', path }));
  const isNew = known.kind === 'answer' && known.status === 404;
  if (isNew) return url === undefined ? { ok: true } : begin(account, credentials, url);
  if (!isOk(known)) return { ok: false, error: errorOf(known) };
  const webhooks = readAs(wahaSession, known.json)?.config?.webhooks ?? [];
  const others = webhooks.filter((webhook) => !isOurs(webhook, credentials));
  const ours = webhooks.filter((webhook) => isOurs(webhook, credentials));
  if (url === undefined ? ours.length === 0 : ours.some((webhook) => webhook.url === url)) return { ok: true };
  const config = fieldsOf(fieldsOf(known.json)['config']);
  return writeEvents(account, (events) => {
    const own = url === undefined ? [] : [webhookOf(url, events, credentials)];
    return toWaha(credentials, { method: 'PUT', path, body: { config: { ...config, webhooks: [...others, ...own] } } });
  });
}

/** A session that WAHA does not know is made. */
function begin(account: ConnectedAccount, credentials: GatewayCredentials, url: string): Promise<Done> {
  return writeEvents(account, (events) => {
    const config = { webhooks: [webhookOf(url, events, credentials)] };
    return toWaha(credentials, {
      method: 'POST',
      path: 'sessions',
      body: { name: credentials.session, start: true, config },
    });
  });
}

/** Asks for every event there is, and of an older WAHA for those that it knows. */
async function writeEvents(account: ConnectedAccount, call: (events: string[]) => Call): Promise<Done> {
  const answer = await ask(account, call([...WAHA_EVENTS, ...WAHA_LATER_EVENTS]));
  const isOlder = answer.kind === 'answer' && answer.status === 400;
  return doneOf(isOlder ? await ask(account, call(WAHA_EVENTS)) : answer);
}

function webhookOf(url: string, events: string[], { webhook_secret }: GatewayCredentials): Record<string, unknown> {
  const customHeaders = [{ name: 'X-Webhook-Secret', value: webhook_secret }];
  return { url, events, hmac: { key: webhook_secret }, customHeaders };
}

/** The secret that we sign with tells our webhook from others of the session. */
function isOurs(webhook: Record<string, unknown>, { webhook_secret }: GatewayCredentials): boolean {
  return fieldsOf(webhook['hmac'])['key'] === webhook_secret;
}

function webhookCall(credentials: EvolutionCredentials, webhook: Record<string, unknown>): Call {
  return toEvolution(credentials, { method: 'POST', path: 'webhook/set', body: { webhook } });
}
