import { createHmac, randomUUID } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { EmailAccount } from '../account.ts';
import type { Hook } from '../deliveries.ts';
import { textAt } from '../json.ts';
import { keptAt } from '../media.ts';
import { isMediaBody, type CustomerBody } from '../phone-body.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { shownBody, type Act, type Written } from '../provider.ts';
import type { Mailboxes } from './mailbox.ts';
import { composed, post, type Letter } from './mail.ts';

/** Where this machine takes mail in, as Amazon SES does. */
export type InboundPort = number | undefined;

/** The customer writes a mail. It reaches Parley by the account's webhook, as from a server that posts mail, or, `via: 'smtp'`, through SES. */
export async function act(
  world: Mailboxes,
  inbound: InboundPort,
  one: Act & { account: EmailAccount },
): Promise<Written> {
  const { account, phone, body, writing } = one;
  const written = await write(world, one);
  if (typeof written === 'string') return { ok: false, reason: written };
  const { message, letter } = written;
  const shown = shownBody(body);
  const kept = shown ? { message } : {};
  if (writing.via !== 'smtp') return { ok: true, ...kept, hook: hookOf(account, phone, letter) };
  if (inbound === undefined) return { ok: false, reason: 'no server takes mail in here' };
  await post(inbound, letter);
  return { ok: true, ...kept };
}

async function write(
  world: Mailboxes,
  { account, phone, body, writing }: Act & { account: EmailAccount },
): Promise<{ message: PhoneMessage; letter: Letter } | string> {
  const id = `${randomUUID()}@${phone.address.slice(phone.address.lastIndexOf('@') + 1)}`;
  const thread = world.phones.thread(phone, account.external_id);
  const answered = thread.findLast((one) => (writing.reply_to ? one.id === writing.reply_to : one.from === 'business'));
  if (writing.reply_to && !answered) return `no message ${writing.reply_to}`;
  const to =
    answered?.from === 'business'
      ? (textAt(answered.note ?? {}, 'answer_to') ?? account.external_id)
      : account.external_id;
  const content = contentOf(world, body);
  if (typeof content === 'string') return content;
  const subject = writing.subject ?? answerTo(answered) ?? `Message from ${phone.name}`;
  const bytes =
    content.raw ??
    (await composed({
      from: { name: phone.name, address: phone.address },
      to,
      subject,
      messageId: `<${id}>`,
      ...threadOf(answered),
      ...content,
    }));
  const shown = shownBody(body) ?? { type: 'text', text: '' };
  const message = newMessage({ id, from: 'customer', body: shown, at: world.now(), replyTo: answered?.id });
  const mail = { subject, html: content.html !== undefined, attachments: [], headers: {} };
  return { message: { ...message, mail }, letter: { from: phone.address, to: [to], bytes: Buffer.from(bytes) } };
}

function answerTo(answered: PhoneMessage | undefined): string | undefined {
  const subject = answered?.mail?.subject;
  return subject === undefined ? undefined : `Re: ${subject.replace(/^Re: /i, '')}`;
}

function threadOf(answered: PhoneMessage | undefined): Pick<SendMailOptions, 'inReplyTo' | 'references'> {
  if (!answered) return {};
  const before = (textAt(answered.note ?? {}, 'references') ?? '').split(/\s+/).filter(Boolean);
  return { inReplyTo: `<${answered.id}>`, references: [...before, `<${answered.id}>`] };
}

type Content = Pick<SendMailOptions, 'text' | 'html' | 'attachments'> & { raw?: string };

/** A mail is words and files; `raw` is a whole mail as it is. */
function contentOf(world: Mailboxes, body: CustomerBody): Content | string {
  if (body.type === 'text') return { text: body.text };
  if (body.type === 'raw') {
    const raw = textAt(body.message, 'raw');
    return raw === undefined ? 'raw: a mail is { raw: "From: …" }' : { raw };
  }
  if (!isMediaBody(body)) return `a mail can not say '${body.type}'`;
  const file = keptAt(world.media, body.url);
  if (!file) return 'the file is gone';
  const attachment = { filename: body.filename ?? 'file', content: Buffer.from(file.bytes), contentType: file.mime };
  return { text: body.caption ?? '', attachments: [attachment] };
}

/** Signed as any server has to that posts mail to Parley. */
export function hookOf(account: EmailAccount, phone: Phone, { from, to, bytes }: Letter, now = Date.now()): Hook {
  const body = JSON.stringify({ envelope: { from, to }, raw: bytes.toString('base64') });
  const time = Math.floor(now / 1000);
  const signature = createHmac('sha256', account.webhook_secret).update(`${time}.${body}`).digest('hex');
  return {
    account: account.external_id,
    url: account.webhook_url,
    headers: { 'content-type': 'application/json', 'x-parley-signature': `t=${time},v1=${signature}` },
    body,
    lane: phone.id,
  };
}
