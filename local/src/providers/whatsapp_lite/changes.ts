import type { WhatsappLiteAccount } from '../account.ts';
import { isMediaBody, wordsOf, type PhoneBody } from '../phone-body.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import type { Lite } from './chats.ts';
import { messageNamed } from './deliver.ts';
import { keyOf } from './ids.ts';

/** WhatsApp lets a message be changed for a quarter of an hour, and be taken back for two and a half days. */
const EDIT_MS = 15 * 60_000;
const REVOKE_MS = 60 * 3_600_000;

export type Change = { ok: true; message: PhoneMessage } | { ok: false; reason: string };

/** Changes a message's words on every phone that shows it. `by`: only who wrote it may. */
export function edit(
  lite: Lite,
  account: WhatsappLiteAccount,
  { id, text, by }: { id: string; text: string; by: PhoneMessage['from'] },
): Change {
  const found = own(lite, account, { id, by, withinMs: EDIT_MS });
  if (!found.ok) return found;
  const body = reworded(found.message.body, text);
  if (!body) return { ok: false, reason: 'Message not compatible' };
  const message = { ...found.message, body, text: wordsOf(body), remark: 'edited' };
  for (const phone of phonesWith(lite, account, id)) lite.phones.replace(phone, account.external_id, message);
  return { ok: true, message };
}

/** Takes a message from every phone that shows it. */
export function revoke(
  lite: Lite,
  account: WhatsappLiteAccount,
  { id, by }: { id: string; by: PhoneMessage['from'] },
): Change {
  const found = own(lite, account, { id, by, withinMs: REVOKE_MS });
  if (!found.ok) return found;
  for (const phone of phonesWith(lite, account, id)) lite.phones.remove(phone, account.external_id, found.message.id);
  return found;
}

function own(
  lite: Lite,
  account: WhatsappLiteAccount,
  { id, by, withinMs }: { id: string; by: PhoneMessage['from']; withinMs: number },
): Change {
  const message = messageNamed(lite, account, id);
  if (!message) return { ok: false, reason: 'Message not found' };
  if (message.from !== by) return { ok: false, reason: 'You cannot change others messages' };
  const isLate = lite.now() - Date.parse(message.at) > withinMs;
  return isLate ? { ok: false, reason: 'Message is too old' } : { ok: true, message };
}

function phonesWith(lite: Lite, account: WhatsappLiteAccount, id: string): Phone[] {
  return lite.phones
    .list()
    .filter((phone) => lite.phones.thread(phone, account.external_id).some((each) => keyOf(each.id) === keyOf(id)));
}

function reworded(body: PhoneBody, text: string): PhoneBody | undefined {
  if (body.type === 'text') return { type: 'text', text };
  return isMediaBody(body) ? { ...body, caption: text } : undefined;
}
