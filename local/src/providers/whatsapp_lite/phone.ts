import type { WhatsappLiteAccount } from '../account.ts';
import { newMessage } from '../phones.ts';
import { shownBody, type Act, type Written } from '../provider.ts';
import { quotedId, type Lite } from './deliver.ts';
import { chatIdOf, messageId } from './ids.ts';
import { payloadOf } from './payload.ts';
import type { Sessions } from './sessions.ts';
import { eventHook, flatHook } from './webhooks.ts';

/** A customer's act, as the gateway tells the business. Nothing is told while the session is not working. */
export function act(lite: Lite, sessions: Sessions, account: WhatsappLiteAccount, one: Act): Written {
  const written = write(lite, account, one);
  const isLinked = sessions.of(account).status === 'WORKING';
  return written.ok && !isLinked ? { ...written, hook: undefined } : written;
}

function write(lite: Lite, account: WhatsappLiteAccount, { phone, body, writing, base }: Act): Written {
  switch (body.type) {
    case 'block':
    case 'unblock': {
      const others = phone.blocked.filter((blocked) => blocked !== account.external_id);
      lite.phones.change(phone, { blocked: body.type === 'block' ? [...others, account.external_id] : others });
      return { ok: true };
    }
    case 'tap':
    case 'edit':
      return { ok: false, reason: `WhatsApp Lite has no ${body.type}` };
    case 'reaction':
      return react(lite, account, phone.address, body);
    default:
      break;
  }
  const shown = shownBody(body) ?? { type: 'text' as const, text: '' };
  const id = messageId(false, phone.address);
  const message = newMessage({
    id,
    from: 'customer',
    body: shown,
    at: lite.now(),
    replyTo: quotedId(lite, account, writing.reply_to),
  });
  if (writing.flat)
    return {
      ok: true,
      message,
      hook: flatHook(account, { id, from: phone.address, text: message.text ?? '' }, lite.now()),
    };
  const quoted =
    message.reply_to === undefined ? undefined : lite.phones.find(account.external_id, message.reply_to)?.message;
  const payload = payloadOf({
    account,
    message,
    address: phone.address,
    phone,
    source: 'app',
    ack: 1,
    quoted,
    media: lite.media,
    base,
  });
  const raw = body.type === 'raw' ? body.message : {};
  const hook = eventHook(account, 'message', { ...payload, ...raw }, lite.now());
  return { ok: true, hook, ...(body.type !== 'raw' && { message }) };
}

function react(
  lite: Lite,
  account: WhatsappLiteAccount,
  address: string,
  { message_id, emoji }: { message_id: string; emoji: string },
): Written {
  const id = quotedId(lite, account, message_id);
  if (id === undefined) return { ok: false, reason: `no message ${message_id}` };
  const payload = {
    id: messageId(false, address),
    timestamp: Math.floor(lite.now() / 1000),
    from: chatIdOf(address),
    to: chatIdOf(account.external_id),
    participant: null,
    fromMe: false,
    reaction: { text: emoji, messageId: id },
  };
  return { ok: true, hook: eventHook(account, 'message.reaction', payload, lite.now()) };
}
