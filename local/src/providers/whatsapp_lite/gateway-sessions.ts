import { randomInt } from 'node:crypto';
import type { GatewayAccount, WhatsappLiteAccount } from '../account.ts';
import { file, header, json, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson, type Json } from '../../json.ts';
import { textAt } from '../json.ts';
import type { Outcome } from '../provider.ts';
import { phoneOf, type Lite } from './chats.ts';
import { chatIdOf, digitsOf, waDigits } from './ids.ts';
import { nestError, wrongStatus } from './nest.ts';
import { qrPng } from './qr.ts';
import { apiVerbs, type SessionVerb } from './sessions.ts';
import { complaints, sessionBody } from './validate.ts';
import { catchUp, hookOf, hooksOf } from './webhooks.ts';

/** A call whose key is good for some account. */
export interface Asked {
  lite: Lite;
  call: Call;
  key: string;
  parts: string[];
}

/** `/api/sessions` and what is below it. */
export async function onSessions(asked: Asked, name: string, verb: string): Promise<Outcome> {
  const { lite, call } = asked;
  if (name === '') return call.method === 'POST' ? create(asked) : { answer: json(200, ownSessions(asked)) };
  const account = accountOf(asked, name);
  if (isAnswer(account)) return { answer: account };
  if (verb === '') return onSession(asked, account);
  const known = apiVerbs.find((one) => one === verb);
  if (call.method !== 'POST' || known === undefined) return { answer: cannot(call) };
  const after = changeSession(lite, account, known);
  return { answer: json(201, describe(asked, account)), after };
}

/** Changes the session; what is returned tells the webhook of every status on the way, and what the session has missed. */
export function changeSession(lite: Lite, account: WhatsappLiteAccount, verb: SessionVerb): () => Promise<void> {
  const steps = lite.sessions.change(account, verb);
  return async () => {
    for (const status of steps) {
      if (account.webhook_url !== '') await lite.deliveries.send(statusHook(lite, account, status));
    }
    await catchUp(lite, account);
  };
}

function ownSessions(asked: Asked): Json[] {
  const all = [...asked.lite.accounts.values()];
  return all
    .filter((one): one is GatewayAccount => one.kind === 'gateway' && one.api_key === asked.key)
    .map((account) => describe(asked, account));
}

function onSession(asked: Asked, account: GatewayAccount): Outcome {
  const { call, lite } = asked;
  if (call.method === 'GET') return { answer: json(200, describe(asked, account)) };
  if (call.method !== 'PUT') return { answer: cannot(call) };
  const config = configIn(call);
  if (isAnswer(config)) return { answer: config };
  configure(lite, account, config);
  const wasRunning = lite.sessions.of(account).status !== 'STOPPED';
  const after = wasRunning ? changeSession(lite, account, 'restart') : undefined;
  return { answer: json(200, describe(asked, account)), ...(after && { after }) };
}

/** A session of that name with a number that it gets when it is paired: here, at once. */
function create(asked: Asked): Outcome {
  const { lite, call, key } = asked;
  const parsed = sessionBody.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return { answer: nestError(400, complaints(parsed.error)) };
  const { name = `session_${randomInt(1e9)}`, start = false, config = {} } = parsed.data;
  const owner = [...lite.accounts.values()].find(({ api_key }) => api_key === key);
  if (sessionNamed(lite, name) || !owner)
    return { answer: nestError(422, `Session '${name}' already exists. Use PUT to update it.`) };
  const account: GatewayAccount = {
    channel: 'whatsapp_lite',
    kind: 'gateway',
    external_id: `+2015${String(randomInt(1e8)).padStart(8, '0')}`,
    name,
    organization: owner.organization,
    session: name,
    api_key: key,
    webhook_url: '',
    webhook_secret: '',
  };
  lite.accounts.set(account.external_id, account);
  Object.assign(lite.sessions.of(account), { status: 'STOPPED', paired: false });
  configure(lite, account, config);
  const after = start ? changeSession(lite, account, 'start') : undefined;
  return { answer: json(201, describe(asked, account)), ...(after && { after }) };
}

function configIn(call: Call): Json | Answer {
  const parsed = sessionBody.safeParse(parseJson(call.body.toString('utf8')));
  return parsed.success ? (parsed.data.config ?? {}) : nestError(400, complaints(parsed.error));
}

/** The first webhook is where it is told, signed with its own key. */
function configure(lite: Lite, account: GatewayAccount, config: Json): void {
  lite.sessions.of(account).config = config;
  const [webhook] = Array.isArray(config['webhooks']) ? config['webhooks'].filter(isRecord) : [];
  const hmac = isRecord(webhook?.['hmac']) ? webhook['hmac'] : {};
  account.webhook_url = textAt(webhook ?? {}, 'url') ?? '';
  if (typeof hmac['key'] === 'string') account.webhook_secret = hmac['key'];
}

function describe({ lite }: Asked, account: GatewayAccount): Json {
  const { status, paired, config } = lite.sessions.of(account);
  const events = ['message', 'message.any', 'message.ack', 'message.reaction', 'session.status'];
  return {
    name: account.session,
    status,
    config: config ?? { webhooks: [{ url: account.webhook_url, events, hmac: { key: account.webhook_secret } }] },
    me: paired && status === 'WORKING' ? { id: chatIdOf(account.external_id), pushName: account.name } : null,
    engine: { engine: 'WEBJS', state: status === 'WORKING' ? 'CONNECTED' : 'OPENING' },
  };
}

/** The code to scan: raw, as a picture, or as a picture in JSON. */
export function qr(asked: Asked, session: string): Answer {
  const account = inStatus(asked, session, 'SCAN_QR_CODE');
  if (isAnswer(account)) return account;
  const value = asked.lite.sessions.qr(account);
  if (asked.call.query.get('format') === 'raw') return json(200, { value });
  const png = qrPng(value);
  const wantsJson = header(asked.call, 'accept')?.includes('application/json');
  return wantsJson ? json(200, { mimetype: 'image/png', data: png.toString('base64') }) : file('image/png', png);
}

/** Whether a number is on WhatsApp, and by which digits: asked with the ninth digit, it answers without, where WhatsApp has none. */
export function checkExists(asked: Asked): Answer {
  const account = inStatus(asked, asked.call.query.get('session') ?? 'default', 'WORKING');
  if (isAnswer(account)) return account;
  const phone = phoneOf(asked.lite, waDigits(digitsOf(asked.call.query.get('phone') ?? '')));
  return json(200, phone ? { numberExists: true, chatId: chatIdOf(phone.address) } : { numberExists: false });
}

function statusHook(
  lite: Lite,
  account: WhatsappLiteAccount,
  status: Parameters<ReturnType<typeof hooksOf>['status']>[1],
) {
  return hookOf(account, hooksOf(account).status(account, status, lite.now()), lite.now());
}

function accountOf({ lite, key }: Asked, session: string): GatewayAccount | Answer {
  const account = sessionNamed(lite, session);
  if (account?.api_key === key) return account;
  return nestError(
    404,
    `We didn't find a session with name '${session}'.\nPlease start it first by using POST /api/sessions/${session}/start request`,
  );
}

function sessionNamed(lite: Lite, session: string): GatewayAccount | undefined {
  return [...lite.accounts.values()].find(
    (one): one is GatewayAccount => one.kind === 'gateway' && one.session === session,
  );
}

/** Tells a refusal from an account. */
export function isAnswer(value: object): value is Answer {
  return 'shown' in value;
}

/** The account, if its session is in the state the call needs. */
export function inStatus(asked: Asked, session: string, status: 'WORKING' | 'SCAN_QR_CODE'): GatewayAccount | Answer {
  const account = accountOf(asked, session);
  if (isAnswer(account)) return account;
  const now = asked.lite.sessions.of(account).status;
  return now === status ? account : wrongStatus(session, now, status);
}

/** NestJS's words for a route that is not there. */
export function cannot(call: Call): Answer {
  return nestError(404, `Cannot ${call.method} ${call.path}`);
}
