import type { WhatsappLiteAccount } from '../account.ts';
import { newMessage, type PhoneMessage } from '../phones.ts';
import { shownBody, type Act, type Written } from '../provider.ts';
import { edit, revoke, type Change } from './changes.ts';
import { joinGroup, type Lite } from './chats.ts';
import { messageNamed } from './deliver.ts';
import { chatIdOf, lidOf, messageId } from './ids.ts';
import type { Told } from './payload.ts';
import { flatHook, hookOf, hooksOf, missed } from './webhooks.ts';

/** A customer's act, as the gateway tells the business. What a session that does not hear misses is told later. */
export function act(lite: Lite, account: WhatsappLiteAccount, one: Act): Written {
  const written = write(lite, account, one);
  const isMissed = written.ok && written.hook !== undefined && missed(lite, account, written.hook);
  return isMissed ? { ...written, hook: undefined } : written;
}

function write(lite: Lite, account: WhatsappLiteAccount, one: Act): Written {
  const { phone, body } = one;
  switch (body.type) {
    case 'block':
    case 'unblock': {
      const others = phone.blocked.filter((blocked) => blocked !== account.external_id);
      lite.phones.change(phone, { blocked: body.type === 'block' ? [...others, account.external_id] : others });
      return { ok: true };
    }
    case 'tap':
      return { ok: false, reason: 'WhatsApp Lite has no tap' };
    case 'reaction':
      return react(lite, account, one, body);
    case 'edit':
      return change(
        lite,
        account,
        one,
        edit(lite, account, { id: body.message_id, text: body.text, by: 'customer' }),
        body.text,
      );
    case 'unsend':
      return change(lite, account, one, revoke(lite, account, { id: body.message_id, by: 'customer' }), undefined);
    default:
      return say(lite, account, one);
  }
}

function say(lite: Lite, account: WhatsappLiteAccount, one: Act): Written {
  const { phone, body, writing } = one;
  const chatId = chatOf(lite, account, one);
  const message = newMessage({
    id: customerId(one, chatId),
    from: 'customer',
    body: shownBody(body) ?? { type: 'text', text: '' },
    at: lite.now(),
    replyTo: messageNamed(lite, account, writing.reply_to)?.id,
    note: { chat: chatId },
  });
  if (writing.flat) return { ok: true, message, hook: flatHook(account, phone.address, message, lite.now()) };
  const value = hooksOf(account).message(toldOf(lite, account, one, message), lite.now());
  const raw = body.type === 'raw' ? body.message : {};
  const payload = value['payload'];
  const whole =
    payload === undefined ? { ...value, ...raw } : { ...value, payload: { ...(payload as object), ...raw } };
  return { ok: true, hook: hookOf(account, whole, lite.now()), ...(body.type !== 'raw' && { message }) };
}

function change(
  lite: Lite,
  account: WhatsappLiteAccount,
  one: Act,
  changed: Change,
  text: string | undefined,
): Written {
  if (!changed.ok) return changed;
  const told = toldOf(lite, account, one, changed.message);
  return { ok: true, hook: hookOf(account, hooksOf(account).change({ told, text }, lite.now()), lite.now()) };
}

function react(
  lite: Lite,
  account: WhatsappLiteAccount,
  one: Act,
  { message_id, emoji }: { message_id: string; emoji: string },
): Written {
  const target = messageNamed(lite, account, message_id);
  if (!target) return { ok: false, reason: `no message ${message_id}` };
  const chatId = chatOf(lite, account, one);
  const body = { type: 'text', text: '' } as const;
  const message = newMessage({ id: customerId(one, chatId), from: 'customer', body, at: lite.now() });
  const told = toldOf(lite, account, one, message);
  const value = hooksOf(account).reaction(told, { target: target.id, emoji }, lite.now());
  return { ok: true, hook: hookOf(account, value, lite.now()) };
}

function toldOf(lite: Lite, account: WhatsappLiteAccount, one: Act, message: PhoneMessage): Told {
  const { phone, writing, base } = one;
  return {
    account,
    message,
    chatId: chatOf(lite, account, one),
    phone,
    source: 'app',
    ack: 1,
    quoted: messageNamed(lite, account, message.reply_to),
    bothNames: writing.as === 'both',
    media: lite.media,
    base,
  };
}

/** The group it is written in, or the customer by the name that the gateway knows. */
function chatOf(lite: Lite, account: WhatsappLiteAccount, { phone, writing }: Act): string {
  if (writing.group === undefined) return writing.as === undefined ? chatIdOf(phone.address) : lidOf(phone);
  joinGroup(lite, account, writing.group, phone);
  return writing.group;
}

function customerId({ phone, writing }: Act, chatId: string): string {
  const id = messageId(false, chatId);
  return writing.group === undefined ? id : `${id}_${chatIdOf(phone.address)}`;
}
