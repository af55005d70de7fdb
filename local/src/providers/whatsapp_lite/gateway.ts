import { file, header, json, partsOf, type Answer, type Call } from '../http.ts';
import { parseJson } from '../json.ts';
import type { Outcome } from '../provider.ts';
import { advance } from '../receipts.ts';
import { quotedId, sendTo, type Lite } from './deliver.ts';
import { bodyOf } from './gateway-body.ts';
import { cannot, checkExists, inStatus, isAnswer, onSessions, qr, type Asked } from './gateway-sessions.ts';
import { digitsOf } from './ids.ts';
import { nestError, nestFailure } from './nest.ts';
import type { Sessions } from './sessions.ts';
import { complaints, gatewayBodies, reactionBody, seenBody } from './validate.ts';

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
