import type { NotifyAccount } from '../account.ts';
import { file, header, json, partsOf, type Answer, type Call } from '../http.ts';
import { parseJson } from '../../json.ts';
import { follow, keptUrl } from '../media.ts';
import type { PhoneBody } from '../phone-body.ts';
import type { Outcome } from '../provider.ts';
import { badKey, failed } from '../notify-answers.ts';
import type { Lite } from './chats.ts';
import { sendTo } from './deliver.ts';
import { messageId, waDigits } from './ids.ts';
import { complaints, notifyBody } from './validate.ts';

const perDay = 300;

/** Appgain Notify: `POST /{suitId}/send`. */
export async function callNotify(lite: Lite, call: Call): Promise<Outcome> {
  const [suit, verb, ...more] = partsOf(call.path);
  if (verb === 'files' && call.method === 'GET') return { answer: download(lite, suit, more[0]) };
  if (verb !== 'send' || more.length > 0) return { answer: failed(404, 'no Route matched with those values') };
  if (call.method !== 'POST') return { answer: failed(405, 'method not allowed') };
  const account = [...lite.accounts.values()].find(
    (one): one is NotifyAccount => one.kind === 'notify' && one.suit_id === suit,
  );
  if (!account || header(call, 'appapikey') !== account.api_key) return { answer: badKey() };
  const parsed = notifyBody.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return { answer: failed(400, complaints(parsed.error).join('; ')) };
  return send(lite, account, parsed.data.UOWHATSAPP, call.base);
}

interface Message {
  message: string;
  imageUrl?: string | undefined;
  documentUrl?: string | undefined;
  receivers?: { mobileNum: string }[] | undefined;
  users_id?: string | undefined;
  target_list_name?: string | undefined;
}

/** Without an audience a message goes to every user of the project. */
async function send(lite: Lite, account: NotifyAccount, message: Message, base: string): Promise<Outcome> {
  const named = message.users_id !== undefined || message.target_list_name !== undefined;
  const isBroadcast = !message.receivers?.length && !named;
  const everyone = lite.phones.list().map(({ address }) => address);
  const receivers = isBroadcast ? everyone : (message.receivers ?? []).map(({ mobileNum }) => mobileNum);
  if (overCap(lite, account, receivers.length)) return { answer: failed(429, 'daily limit of 300 messages reached') };
  const body = await bodyOf(lite, account, message, base);
  const sent = receivers.map((to) => sendTo(lite, account, { to: waDigits(to), body, source: 'api', base }));
  const id = sent[0]?.message.id ?? messageId(true, '0@c.us');
  return {
    answer: json(200, { status: 'success', message: 'sent', messageId: id }),
    ...(isBroadcast && { warning: 'sent to everyone' }),
    after: async () => void (await Promise.all(sent.map(({ after }) => after()))),
  };
}

/** 300 a day and number. */
function overCap(lite: Lite, account: NotifyAccount, count: number): boolean {
  const day = new Date(lite.now()).toISOString().slice(0, 10);
  const counter = `sent ${account.suit_id} ${day}`;
  for (let sent = 0; sent < count; sent += 1) if (lite.next(counter, 1) > perDay) return true;
  return false;
}

async function bodyOf(lite: Lite, account: NotifyAccount, message: Message, base: string): Promise<PhoneBody> {
  const url = message.imageUrl ?? message.documentUrl;
  if (url === undefined) return { type: 'text', text: message.message };
  const found = await follow(url);
  const kept = found?.ok
    ? lite.media.put({ mime: found.mime, bytes: found.bytes, account: account.external_id })
    : undefined;
  const shown = kept ? keptUrl(base, kept.id) : url;
  return { type: message.imageUrl === undefined ? 'document' : 'image', url: shown, caption: message.message };
}

function download(lite: Lite, suit: string | undefined, name: string | undefined): Answer {
  const media = lite.media.get(/^\d+/.exec(name ?? '')?.[0] ?? '');
  const owner = media && lite.accounts.get(media.account);
  const isOwn = owner?.kind === 'notify' && owner.suit_id === suit;
  return media && isOwn ? file(media.mime, media.bytes) : failed(404, 'file not found');
}
