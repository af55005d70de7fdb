import type { EvolutionAccount } from '../account.ts';
import { header, json, partsOf, type Call } from '../http.ts';
import { parseJson } from '../../json.ts';
import type { Outcome } from '../provider.ts';
import { advance } from '../receipts.ts';
import { edit, revoke, type Change } from './changes.ts';
import { subjectOf, type Lite } from './chats.ts';
import { messageNamed } from './deliver.ts';
import { badRequest, failed, type Asked } from './evolution-asked.ts';
import { messageOf } from './evolution-hooks.ts';
import { connect, create, instances, logout, setWebhook, stateOf } from './evolution-instances.ts';
import { chatOf, mediaOf, send } from './evolution-send.ts';
import * as bodies from './evolution-validate.ts';
import { complaints } from './validate.ts';
import type { Told } from './payload.ts';
import { hooksOf, tell } from './webhooks.ts';

/** The first part of a path of Evolution's API. */
export const evolutionAreas = new Set(['instance', 'message', 'chat', 'webhook', 'group']);

type Route = (asked: Asked) => Outcome | Promise<Outcome>;

const routes: Record<string, Route> = {
  'GET instance/connectionState': ({ lite, account }) => ({ answer: json(200, { instance: stateOf(lite, account) }) }),
  'GET instance/connect': connect,
  'DELETE instance/logout': logout,
  'POST webhook/set': setWebhook,
  'POST message/sendText': (asked) => send(asked, bodies.text, ({ text }) => ({ type: 'text', text })),
  'POST message/sendMedia': (asked) => send(asked, bodies.media, (data) => mediaOf(asked, data)),
  'POST message/sendWhatsAppAudio': (asked) =>
    send(asked, bodies.audio, ({ audio }) => mediaOf(asked, { mediatype: 'audio', media: audio, voice: true })),
  'POST message/sendLocation': (asked) =>
    send(asked, bodies.location, ({ latitude, longitude, name, address }) => ({
      type: 'location',
      latitude,
      longitude,
      name,
      address,
    })),
  'POST message/sendContact': (asked) =>
    send(asked, bodies.contact, ({ contact }) => ({
      type: 'contacts',
      contacts: contact.map(({ fullName, phoneNumber }) => ({ name: fullName, phones: [phoneNumber] })),
    })),
  'POST message/sendReaction': react,
  'POST chat/sendPresence': typing,
  'GET group/findGroupInfos': ({ lite, account, call }) => {
    const id = call.query.get('groupJid') ?? '';
    const subject = subjectOf(lite, account, id);
    return {
      answer: subject === undefined ? failed(404, 'Not Found', ['Group not found']) : json(200, { id, subject }),
    };
  },
  'POST chat/markMessageAsRead': seen,
  'POST chat/updateMessage': (asked) => {
    const parsed = bodies.update.safeParse(asked.body);
    if (!parsed.success) return { answer: badRequest(complaints(parsed.error)) };
    const { key, text } = parsed.data;
    return changed(
      asked,
      key.remoteJid ?? '',
      edit(asked.lite, asked.account, { id: key.id, text, by: 'business' }),
      text,
    );
  },
  'DELETE chat/deleteMessageForEveryone': (asked) => {
    const parsed = bodies.key.safeParse(asked.body);
    if (!parsed.success) return { answer: badRequest(complaints(parsed.error)) };
    const { id, remoteJid = '' } = parsed.data;
    return changed(asked, remoteJid, revoke(asked.lite, asked.account, { id, by: 'business' }));
  },
};

/** A gateway with Evolution's API: `/{area}/{verb}/{instance}`. */
export async function callEvolution(lite: Lite, call: Call): Promise<Outcome> {
  const [area = '', verb = '', instance = ''] = partsOf(call.path);
  const key = header(call, 'apikey') ?? '';
  const own = [...lite.accounts.values()].filter((one): one is EvolutionAccount => one.kind === 'evolution');
  if (!own.some(({ api_key }) => api_key === key)) return { answer: failed(401, 'Unauthorized', 'Unauthorized') };
  const route = `${call.method} ${area}/${verb}`;
  if (route === 'POST instance/create') return create(lite, call, key);
  if (route === 'GET instance/fetchInstances') return { answer: json(200, instances(lite, own, call)) };
  const account = own.find((one) => one.instance === instance && one.api_key === key);
  if (!account) return { answer: failed(404, 'Not Found', [`The "${instance}" instance does not exist`]) };
  const handler = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (!handler) return { answer: failed(404, 'Not Found', [`Cannot ${call.method} ${call.path}`]) };
  return handler({ lite, call, account, body: parseJson(call.body.toString('utf8')) });
}

function react({ lite, account, body }: Asked): Outcome {
  const parsed = bodies.reaction.safeParse(body);
  if (!parsed.success) return { answer: badRequest(complaints(parsed.error)) };
  const { key, reaction } = parsed.data;
  const named = messageNamed(lite, account, key.id);
  const found = named && lite.phones.find(account.external_id, named.id);
  if (!found || key.fromMe !== (found.message.from === 'business'))
    return { answer: badRequest(['Message not found']) };
  lite.phones.replace(found.phone, account.external_id, {
    ...found.message,
    note: { ...found.message.note, reaction },
  });
  return { answer: json(201, { key, message: { reactionMessage: { key, text: reaction } } }) };
}

function typing({ lite, account, body }: Asked): Outcome {
  const parsed = bodies.presence.safeParse(body);
  if (!parsed.success) return { answer: badRequest(complaints(parsed.error)) };
  const [phone] = chatOf(lite, account, parsed.data.number)?.phones ?? [];
  if (!phone) return { answer: badRequest([{ exists: false, number: parsed.data.number }]) };
  lite.events.emit({ type: 'typing', phone: phone.id, account: account.external_id, action: 'startTyping' });
  return { answer: json(201, { presence: 'composing' }) };
}

function seen({ lite, account, body }: Asked): Outcome {
  const parsed = bodies.seen.safeParse(body);
  if (!parsed.success) return { answer: badRequest(complaints(parsed.error)) };
  for (const { id } of parsed.data.readMessages) {
    const named = messageNamed(lite, account, id);
    const found = named && lite.phones.find(account.external_id, named.id);
    if (found) advance(lite.phones, found.phone, account.external_id, found.message.id, 'read');
  }
  return { answer: json(201, { message: 'Read messages', read: 'success' }) };
}

function changed({ lite, account, call }: Asked, remoteJid: string, change: Change, text?: string): Outcome {
  if (!change.ok) return { answer: badRequest([change.reason]) };
  const chat = chatOf(lite, account, remoteJid);
  const { message } = change;
  const told: Told = {
    account,
    message,
    chatId: chat?.id ?? remoteJid,
    phone: chat?.phones[0],
    source: 'api',
    ack: 2,
    media: lite.media,
    base: call.base,
  };
  const value = hooksOf(account).change({ told, text }, lite.now());
  return { answer: json(201, messageOf(told)), after: () => tell(lite, account, value) };
}
