import type { GatewayAccount } from '../account.ts';
import { file, header, json, partsOf, type Answer, type Call } from '../http.ts';
import { parseJson, type Json } from '../json.ts';
import type { Outcome } from '../provider.ts';
import { advance } from '../receipts.ts';
import { bodyOf } from './gateway-body.ts';
import { sendTo, quotedId, type Lite } from './deliver.ts';
import { chatIdOf, digitsOf } from './ids.ts';
import { nestError, nestFailure, wrongStatus } from './nest.ts';
import { qrPng } from './qr.ts';
import { sessionVerbs, type Sessions, type SessionVerb } from './sessions.ts';
import { complaints, gatewayBodies, reactionBody, seenBody } from './validate.ts';
import { eventHook } from './webhooks.ts';

interface Asked {
  lite: Lite;
  sessions: Sessions;
  call: Call;
  key: string;
  parts: string[];
}

/** A QR-authenticated gateway (WAHA's API) below `/api`. */
export async function callGateway(lite: Lite, sessions: Sessions, call: Call): Promise<Outcome> {
  const key = header(call, 'x-api-key') ?? header(call, 'appapikey') ?? '';
  if (![...lite.accounts.values()].some(({ api_key }) => api_key === key)) return { answer: nestError(401, '') };
  const asked = { lite, sessions, call, key, parts: partsOf(call.path).slice(1) };
  const [first = '', second = '', third = ''] = asked.parts;
  if (first === 'files') return { answer: download(asked) };
  if (first === 'sessions') return onSessions(asked, second, third);
  if (second === 'auth' && third === 'qr' && call.method === 'GET') return { answer: qr(asked, first) };
  if (`${first}/${second}` === 'contacts/check-exists') return { answer: checkExists(asked) };
  return onChats(asked, first);
}

function accountOf({ lite, key }: Asked, session: string): GatewayAccount | Answer {
  const account = [...lite.accounts.values()].find(
    (one): one is GatewayAccount => one.kind === 'gateway' && one.session === session,
  );
  if (account?.api_key === key) return account;
  return nestError(
    404,
    `We didn't find a session with name '${session}'.\nPlease start it first by using POST /api/sessions/${session}/start request`,
  );
}

function isAnswer(value: object): value is Answer {
  return 'shown' in value;
}

/** The account, if its session is in the state the call needs. */
function inStatus(asked: Asked, session: string, status: 'WORKING' | 'SCAN_QR_CODE'): GatewayAccount | Answer {
  const account = accountOf(asked, session);
  if (isAnswer(account)) return account;
  const now = asked.sessions.of(account).status;
  return now === status ? account : wrongStatus(session, now, status);
}

async function onSessions(asked: Asked, name: string, verb: string): Promise<Outcome> {
  const { lite, sessions, call, key } = asked;
  if (name === '') {
    const own = [...lite.accounts.values()].filter(
      (one): one is GatewayAccount => one.kind === 'gateway' && one.api_key === key,
    );
    return {
      answer: json(
        200,
        own.map((account) => describe(asked, account)),
      ),
    };
  }
  const account = accountOf(asked, name);
  if (isAnswer(account)) return { answer: account };
  if (call.method === 'GET' && verb === '') return { answer: json(200, describe(asked, account)) };
  if (call.method !== 'POST' || verb === 'pair' || !isVerb(verb)) return { answer: cannot(call) };
  const after = changeSession(lite, sessions, account, verb);
  return { answer: json(201, describe(asked, account)), after };
}

/** Changes the session; what is returned tells the webhook of every status on the way. */
export function changeSession(
  lite: Lite,
  sessions: Sessions,
  account: GatewayAccount,
  verb: SessionVerb,
): () => Promise<void> {
  const steps = sessions.change(account, verb);
  return async () => {
    for (const status of steps) {
      await lite.deliveries.send(eventHook(account, 'session.status', { name: account.session, status }, lite.now()));
    }
  };
}

export function isVerb(verb: string): verb is SessionVerb {
  return sessionVerbs.some((one) => one === verb);
}

function describe({ sessions }: Asked, account: GatewayAccount): Json {
  const { status, paired } = sessions.of(account);
  const events = ['message', 'message.any', 'message.ack', 'message.reaction', 'session.status'];
  return {
    name: account.session,
    status,
    config: { webhooks: [{ url: account.webhook_url, events }] },
    me: paired && status === 'WORKING' ? { id: chatIdOf(account.external_id), pushName: account.name } : null,
    engine: { engine: 'WEBJS' },
  };
}

function qr(asked: Asked, session: string): Answer {
  const account = inStatus(asked, session, 'SCAN_QR_CODE');
  if (isAnswer(account)) return account;
  const value = asked.sessions.qr(account);
  if (asked.call.query.get('format') === 'raw') return json(200, { value });
  const png = qrPng(value);
  const wantsJson = header(asked.call, 'accept')?.includes('application/json');
  return wantsJson ? json(200, { mimetype: 'image/png', data: png.toString('base64') }) : file('image/png', png);
}

function checkExists(asked: Asked): Answer {
  const account = inStatus(asked, asked.call.query.get('session') ?? 'default', 'WORKING');
  if (isAnswer(account)) return account;
  const phone = asked.lite.phones.at(`+${digitsOf(asked.call.query.get('phone') ?? '')}`);
  return json(200, phone ? { numberExists: true, chatId: chatIdOf(phone.address) } : { numberExists: false });
}

async function onChats(asked: Asked, verb: string): Promise<Outcome> {
  const { call } = asked;
  const body = parseJson(call.body.toString('utf8'));
  const route = `${call.method} ${verb}`;
  if (asked.parts.length !== 1) return { answer: cannot(call) };
  if (route === 'POST sendSeen') return { answer: seen(asked, body) };
  if (route === 'PUT reaction') return { answer: react(asked, body) };
  if (route === 'POST startTyping' || route === 'POST stopTyping') return { answer: typing(asked, body, verb) };
  if (call.method !== 'POST' || !Object.hasOwn(gatewayBodies, verb)) return { answer: cannot(call) };
  return send(asked, verb as keyof typeof gatewayBodies, body);
}

async function send(asked: Asked, verb: keyof typeof gatewayBodies, input: unknown): Promise<Outcome> {
  const { lite, call } = asked;
  const parsed = gatewayBodies[verb].safeParse(input);
  if (!parsed.success) return { answer: nestError(400, complaints(parsed.error)) };
  const account = inStatus(asked, parsed.data.session, 'WORKING');
  if (isAnswer(account)) return { answer: account };
  const body = await bodyOf(lite, account, verb, parsed.data, call.base);
  if (!body.ok) return { answer: nestFailure(lite.now(), body.reason) };
  const { chatId, reply_to: replyTo } = parsed.data;
  const sent = sendTo(lite, account, {
    to: digitsOf(chatId),
    body: body.body,
    source: 'api',
    replyTo: replyTo ?? undefined,
    base: call.base,
  });
  return { answer: json(201, sent.payload), after: sent.after };
}

function seen(asked: Asked, input: unknown): Answer {
  const parsed = seenBody.safeParse(input);
  if (!parsed.success) return nestError(400, complaints(parsed.error));
  const account = inStatus(asked, parsed.data.session, 'WORKING');
  if (isAnswer(account)) return account;
  const { phones } = asked.lite;
  const phone = phones.at(`+${digitsOf(parsed.data.chatId)}`);
  const received = phone ? phones.thread(phone, account.external_id).filter(({ from }) => from === 'customer') : [];
  if (phone) for (const { id } of received) advance(phones, phone, account.external_id, id, 'read');
  return json(201, { success: true });
}

/** An empty reaction takes it back. */
function react(asked: Asked, input: unknown): Answer {
  const parsed = reactionBody.safeParse(input);
  if (!parsed.success) return nestError(400, complaints(parsed.error));
  const account = inStatus(asked, parsed.data.session, 'WORKING');
  if (isAnswer(account)) return account;
  const { lite } = asked;
  const found = lite.phones.find(account.external_id, quotedId(lite, account, parsed.data.messageId) ?? '');
  if (!found) return nestFailure(lite.now(), `Message with id '${parsed.data.messageId}' not found`);
  const note = { ...found.message.note, reaction: parsed.data.reaction };
  lite.phones.replace(found.phone, account.external_id, { ...found.message, note });
  return json(200, { success: true });
}

function typing(asked: Asked, input: unknown, action: string): Answer {
  const parsed = seenBody.safeParse(input);
  if (!parsed.success) return nestError(400, complaints(parsed.error));
  const account = inStatus(asked, parsed.data.session, 'WORKING');
  if (isAnswer(account)) return account;
  const phone = asked.lite.phones.at(`+${digitsOf(parsed.data.chatId)}`);
  if (phone) asked.lite.events.emit({ type: 'typing', phone: phone.id, account: account.external_id, action });
  return json(201, { result: true });
}

/** `GET /api/files/{session}/{file}` with the key of the file's account. */
function download({ lite, parts, key }: Asked): Answer {
  const media = lite.media.get(/^\d+/.exec(parts[2] ?? '')?.[0] ?? '');
  const isOwn = media && lite.accounts.get(media.account)?.api_key === key;
  return isOwn ? file(media.mime, media.bytes) : nestError(404, 'File not found');
}

function cannot(call: Call): Answer {
  return nestError(404, `Cannot ${call.method} ${call.path}`);
}
