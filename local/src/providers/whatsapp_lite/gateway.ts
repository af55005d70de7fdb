import type { GatewayAccount } from '../account.ts';
import { file, header, json, partsOf, type Answer, type Call } from '../http.ts';
import { parseJson } from '../../json.ts';
import type { Outcome } from '../provider.ts';
import { advance } from '../receipts.ts';
import { edit, revoke, type Change } from './changes.ts';
import { chatNamed, subjectOf, type Lite } from './chats.ts';
import { messageNamed, sendTo } from './deliver.ts';
import { bodyOf } from './gateway-body.ts';
import { cannot, checkExists, inStatus, isAnswer, onSessions, qr, type Asked } from './gateway-sessions.ts';
import { nestError, nestFailure } from './nest.ts';
import { payloadOf, type Told } from './payload.ts';
import { complaints, editBody, gatewayBodies, reactionBody, seenBody } from './validate.ts';
import { hooksOf, tell } from './webhooks.ts';

/** A QR-authenticated gateway (WAHA's API) below `/api`. */
export async function callGateway(lite: Lite, call: Call): Promise<Outcome> {
  const key = header(call, 'x-api-key') ?? header(call, 'appapikey') ?? '';
  if (![...lite.accounts.values()].some(({ api_key }) => api_key === key)) return { answer: nestError(401, '') };
  const asked = { lite, call, key, parts: partsOf(call.path).slice(1) };
  const [first = '', second = '', third = ''] = asked.parts;
  if (first === 'files') return { answer: download(asked) };
  if (first === 'sessions') return onSessions(asked, second, third);
  if (second === 'auth' && third === 'qr' && call.method === 'GET') return { answer: qr(asked, first) };
  if (`${first}/${second}` === 'contacts/check-exists') return { answer: checkExists(asked) };
  if (second === 'groups' && call.method === 'GET') return { answer: groupOf(asked) };
  if (second === 'chats' && asked.parts[3] === 'messages') return onMessage(asked);
  return onChats(asked, first);
}

/** `GET /api/{session}/groups/{id}` */
function groupOf(asked: Asked): Answer {
  const [session = '', , id = ''] = asked.parts;
  const account = inStatus(asked, session, 'WORKING');
  if (isAnswer(account)) return account;
  const subject = subjectOf(asked.lite, account, id);
  return subject === undefined ? nestError(404, 'Group not found') : json(200, { id, subject, participants: [] });
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
  const { chatId: to, reply_to } = parsed.data;
  if (reply_to && !/^(true|false)_/.test(reply_to) && !to.endsWith('@g.us'))
    return { answer: nestFailure(lite.now(), `Message with id '${reply_to}' not found`) };
  const replyTo = reply_to ?? undefined;
  const sent = sendTo(lite, account, { to, body: body.body, source: 'api', replyTo, base: call.base });
  return { answer: json(201, payloadOf(sent.told)), after: sent.after };
}

/** `PUT` and `DELETE /api/{session}/chats/{chatId}/messages/{id}`: of one's own messages, by their whole ids. */
async function onMessage(asked: Asked): Promise<Outcome> {
  const { call, lite, parts } = asked;
  const [session = '', , chatId = '', , id = ''] = parts;
  const account = inStatus(asked, session, 'WORKING');
  if (isAnswer(account)) return { answer: account };
  if (!id.startsWith(`true_${chatId}_`) && !chatId.endsWith('@g.us'))
    return { answer: nestFailure(lite.now(), `Message with id '${id}' not found`) };
  if (call.method === 'DELETE') return changed(asked, account, revoke(lite, account, { id, by: 'business' }));
  if (call.method !== 'PUT') return { answer: cannot(call) };
  const parsed = editBody.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return { answer: nestError(400, complaints(parsed.error)) };
  const { text } = parsed.data;
  return changed(asked, account, edit(lite, account, { id, text, by: 'business' }), text);
}

function changed({ lite, parts, call }: Asked, account: GatewayAccount, change: Change, text?: string): Outcome {
  if (!change.ok) return { answer: nestFailure(lite.now(), change.reason) };
  const chatId = parts[2] ?? '';
  const phone = chatNamed(lite, account, chatId)?.phones[0];
  const { message } = change;
  const told: Told = { account, message, chatId, phone, source: 'api', ack: 2, media: lite.media, base: call.base };
  const value = hooksOf(account).change({ told, text }, lite.now());
  return { answer: json(200, true), after: () => tell(lite, account, value) };
}

/** Everything up to the message, where one is named. */
function seen(asked: Asked, input: unknown): Answer {
  const parsed = seenBody.safeParse(input);
  if (!parsed.success) return nestError(400, complaints(parsed.error));
  const account = inStatus(asked, parsed.data.session, 'WORKING');
  if (isAnswer(account)) return account;
  const { phones } = asked.lite;
  const [phone] = chatNamed(asked.lite, account, parsed.data.chatId)?.phones ?? [];
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
  const named = messageNamed(lite, account, parsed.data.messageId);
  const found = named && lite.phones.find(account.external_id, named.id);
  const isAuthor = found && isNamedAsWritten(parsed.data.messageId, found.message.from);
  if (!found || !isAuthor) return nestFailure(lite.now(), `Message with id '${parsed.data.messageId}' not found`);
  const note = { ...found.message.note, reaction: parsed.data.reaction };
  lite.phones.replace(found.phone, account.external_id, { ...found.message, note });
  return json(200, { success: true });
}

/** A whole id says first whether the business wrote the message. */
function isNamedAsWritten(id: string, from: 'customer' | 'business'): boolean {
  return !/^(true|false)_/.test(id) || id.startsWith('true_') === (from === 'business');
}

function typing(asked: Asked, input: unknown, action: string): Answer {
  const parsed = seenBody.safeParse(input);
  if (!parsed.success) return nestError(400, complaints(parsed.error));
  const account = inStatus(asked, parsed.data.session, 'WORKING');
  if (isAnswer(account)) return account;
  const [phone] = chatNamed(asked.lite, account, parsed.data.chatId)?.phones ?? [];
  if (phone) asked.lite.events.emit({ type: 'typing', phone: phone.id, account: account.external_id, action });
  return json(201, { result: true });
}

/** `GET /api/files/{session}/{file}` with the key of the file's account. */
function download({ lite, parts, key }: Asked): Answer {
  const media = lite.media.get(/^\d+/.exec(parts[2] ?? '')?.[0] ?? '');
  const isOwn = media && lite.accounts.get(media.account)?.api_key === key;
  return isOwn ? file(media.mime, media.bytes) : nestError(404, 'File not found');
}
