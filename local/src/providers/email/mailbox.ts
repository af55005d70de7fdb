import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import type { EmailAccount } from '../account.ts';
import { keptUrl } from '../media.ts';
import { newMessage, type Phone } from '../phones.ts';
import { advance } from '../receipts.ts';
import type { World } from '../world.ts';
import { bounceOf, type Letter } from './mail.ts';
import type { Handed } from './submission.ts';

export type Mailboxes = World<EmailAccount>;

/** What servers elsewhere say of some addresses: at once, or in a report afterwards. Every other address has a mailbox. */
const refused: Record<string, { later: boolean; status: string; words: string }> = {
  nobody: { later: false, status: '5.1.1', words: '5.1.1 user unknown' },
  gone: { later: true, status: '5.1.1', words: '550 5.1.1 user unknown' },
  full: { later: true, status: '5.2.2', words: '552 5.2.2 mailbox full' },
  policy: { later: true, status: '5.7.1', words: '550 5.7.1 message refused by policy' },
};

/** `nobody@…`, `gone.2@…`: by the first word of the address. */
export function refusalAt(address: string): (typeof refused)[string] | undefined {
  const word = /^[a-z]+/.exec(address.toLowerCase())?.[0] ?? '';
  return Object.hasOwn(refused, word) ? refused[word] : undefined;
}

/** Puts a mail into each mailbox it is for; gives back the reports of where it could not be put. */
export async function distribute(
  world: Mailboxes,
  account: EmailAccount,
  mail: Handed,
  base: string,
): Promise<Letter[]> {
  const parsed = await PostalMime.parse(mail.bytes, { attachmentEncoding: 'arraybuffer' });
  return mail.to.flatMap((address) => {
    const refusal = refusalAt(address);
    if (!refusal?.later) {
      place(world, account, mailboxAt(world, address), parsed, base);
      return [];
    }
    const { status, words } = refusal;
    const { from: sender, envelopeId, bytes: original } = mail;
    return [bounceOf({ sender, recipient: address, status, words, envelopeId, original })];
  });
}

function mailboxAt({ phones }: Mailboxes, address: string): Phone {
  return phones.at(address) ?? phones.add({ name: address, address });
}

function place(world: Mailboxes, { external_id }: EmailAccount, phone: Phone, mail: Email, base: string): void {
  const attachments = mail.attachments.map(({ filename, mimeType, content }) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
    const kept = world.media.put({ mime: mimeType, filename: filename ?? undefined, bytes, account: external_id });
    return { filename: filename ?? '', mime: mimeType, size: bytes.length, url: keptUrl(base, kept.id) };
  });
  const text = (mail.text ?? '').trimEnd();
  const id = (mail.messageId ?? '').replaceAll(/[<>]/g, '');
  const shown = newMessage({
    id,
    from: 'business',
    body: { type: 'text', text },
    at: world.now(),
    ...(mail.inReplyTo && { replyTo: mail.inReplyTo.replaceAll(/[<>]/g, '') }),
    note: {
      answer_to: mail.replyTo?.[0]?.address ?? mail.from?.address ?? external_id,
      references: mail.references ?? '',
    },
  });
  world.phones.append(phone, external_id, {
    ...shown,
    mail: { subject: mail.subject ?? '', html: mail.html !== undefined, attachments, headers: headersOf(mail) },
  });
  advance(world.phones, phone, external_id, id, phone.open === external_id ? 'read' : 'delivered');
}

/** What a test, or someone who looks closer, wants to see. */
function headersOf({ headers }: Email): Record<string, string> {
  const wanted = [
    'from',
    'reply-to',
    'message-id',
    'in-reply-to',
    'references',
    'list-unsubscribe',
    'list-unsubscribe-post',
    'auto-submitted',
    'cc',
  ];
  return Object.fromEntries(headers.filter(({ key }) => wanted.includes(key)).map(({ key, value }) => [key, value]));
}
