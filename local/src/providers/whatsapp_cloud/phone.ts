import type { WhatsappCloudAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import { keptAt } from '../media.ts';
import { isMediaBody, type CustomerBody, type MediaBody } from '../phone-body.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { shownBody, type Act, type Written } from '../provider.ts';
import { advance } from '../receipts.ts';
import { tell, type Cloud } from './cloud.ts';
import { bsuid, digitsOf, wamid } from './ids.ts';
import { linkTo } from './media-api.ts';
import { messageHook, seconds, statusHook, type Sent } from './webhooks.ts';

/** A customer's act, as Meta tells the business. */
export function act(cloud: Cloud, account: WhatsappCloudAccount, { phone, body, writing, base }: Act): Written {
  if (body.type === 'block' || body.type === 'unblock') return block(cloud, account, phone, body.type === 'block');
  const content = contentOf(cloud, account, phone, body, base);
  if (typeof content === 'string') return { ok: false, reason: content };
  const id = wamid('in', phone.address);
  const digits = digitsOf(phone.address);
  const message = {
    ...contextOf(cloud, account, phone, body, writing.reply_to),
    from: digits,
    from_user_id: bsuid(account.waba_id, phone.address),
    id,
    timestamp: seconds(cloud.now()),
    ...content,
  };
  const shown = shownBody(body);
  if (body.type === 'edit') change(cloud, account, phone, body);
  if (body.type === 'unsend') cloud.phones.remove(phone, account.external_id, body.message_id);
  return {
    ok: true,
    hook: messageHook(cloud, account, phone, message),
    ...(shown && {
      message: newMessage({ id, from: 'customer', body: shown, at: cloud.now(), replyTo: writing.reply_to }),
    }),
  };
}

/** The phone got the message, or has it on the screen. */
export async function report(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  phone: Phone,
  message: PhoneMessage,
  status: 'delivered' | 'read',
): Promise<void> {
  await cloud.receipts.report(async () => {
    if (!advance(cloud.phones, phone, account.external_id, message.id, status)) return;
    await tell(cloud, statusHook(cloud, account, sentOf(phone, message), { status }));
  });
}

export function sentOf(phone: Phone, message: PhoneMessage): Sent {
  const note = message.note as unknown as Pick<Sent, 'byNumber' | 'reference' | 'category'>;
  return { ...note, id: message.id, to: phone.address, phone };
}

function contentOf(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  phone: Phone,
  body: CustomerBody,
  base: string,
): Json | string {
  if (isMediaBody(body)) return media(cloud, body, base);
  switch (body.type) {
    case 'text':
      return { text: { body: body.text }, type: 'text' };
    case 'location': {
      const { type, ...location } = body;
      return { location, type };
    }
    case 'contacts':
      return { contacts: body.contacts.map(card), type: 'contacts' };
    case 'reaction':
      return { reaction: { message_id: body.message_id, ...(body.emoji && { emoji: body.emoji }) }, type: 'reaction' };
    case 'edit':
      return (
        tooLate(cloud, account, phone, body.message_id, EDIT_MS) ?? {
          edit: { original_message_id: body.message_id, message: { type: 'text', text: { body: body.text } } },
          type: 'edit',
        }
      );
    case 'unsend':
      return (
        tooLate(cloud, account, phone, body.message_id, REVOKE_MS) ?? {
          revoke: { original_message_id: body.message_id },
          type: 'revoke',
        }
      );
    case 'tap':
      return tap(cloud.phones.thread(phone, account.external_id), body);
    case 'raw':
      return body.message;
    default:
      return 'not something a customer can do';
  }
}

/** What WhatsApp lets people change of what they sent, and until when. */
const EDIT_MS = 15 * 60_000;
const REVOKE_MS = 2 * 86_400_000;

function tooLate(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  phone: Phone,
  messageId: string,
  withinMs: number,
): string | undefined {
  const message = cloud.phones.thread(phone, account.external_id).find(({ id }) => id === messageId);
  if (message?.from !== 'customer') return 'that is no message of this customer';
  return Date.parse(message.at) + withinMs < cloud.now() ? 'that message is too old for this' : undefined;
}

function media(cloud: Cloud, body: MediaBody, base: string): Json | string {
  const kept = keptAt(cloud.media, body.url);
  if (!kept) return 'the file is gone';
  const common = { mime_type: kept.mime, sha256: Buffer.from(kept.sha256, 'hex').toString('base64'), id: kept.id };
  const extras: Record<MediaBody['type'], Json> = {
    image: caption(body),
    video: caption(body),
    audio: { voice: body.voice ?? kept.mime === 'audio/ogg' },
    document: { filename: body.filename ?? 'document', ...caption(body) },
    sticker: { animated: false },
  };
  return { [body.type]: { ...extras[body.type], ...common, url: linkTo(base, kept, cloud.now()) }, type: body.type };
}

function caption(body: MediaBody): Json {
  return body.caption ? { caption: body.caption } : {};
}

function card({ name, phones }: { name: string; phones: string[] }): Json {
  const [first = name, ...rest] = name.split(' ');
  return {
    name: { formatted_name: name, first_name: first, ...(rest.length > 0 && { last_name: rest.join(' ') }) },
    phones: phones.map((phone) => ({ phone, wa_id: digitsOf(phone), type: 'CELL' })),
  };
}

/** A list's row, a reply button, or a template's quick reply: each comes back in its own shape. */
function tap(thread: readonly PhoneMessage[], { message_id, id }: { message_id: string; id: string }): Json | string {
  const tapped = thread.find((message) => message.id === message_id && message.from === 'business')?.body;
  if (tapped?.type !== 'interactive' && tapped?.type !== 'template') return 'that message has nothing to tap';
  const choice = tapped.choices.find((one) => one.id === id);
  if (!choice) return `that message has no choice ${id}`;
  if (tapped.type === 'template') return { button: { payload: choice.id, text: choice.title }, type: 'button' };
  const kind = tapped.button === undefined ? 'button_reply' : 'list_reply';
  return { interactive: { type: kind, [kind]: choice }, type: 'interactive' };
}

function contextOf(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  phone: Phone,
  body: CustomerBody,
  replyTo: string | undefined,
): Json {
  const id = body.type === 'tap' ? body.message_id : replyTo;
  if (id === undefined) return {};
  const quoted = cloud.phones.thread(phone, account.external_id).find((message) => message.id === id);
  const from = quoted?.from === 'customer' ? phone.address : account.display_phone_number;
  return { context: { from: digitsOf(from), id } };
}

function block(cloud: Cloud, account: WhatsappCloudAccount, phone: Phone, isBlocked: boolean): Written {
  const others = phone.blocked.filter((one) => one !== account.external_id);
  cloud.phones.change(phone, { blocked: isBlocked ? [...others, account.external_id] : others });
  return { ok: true };
}

function change(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  phone: Phone,
  { message_id, text }: { message_id: string; text: string },
): void {
  const message = cloud.phones.thread(phone, account.external_id).find(({ id }) => id === message_id);
  if (message) cloud.phones.replace(phone, account.external_id, { ...message, text, body: { type: 'text', text } });
}
