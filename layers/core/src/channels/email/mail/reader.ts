import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { Email as Mail } from 'postal-mime';
import type { Email } from '../../../domain/body.ts';
import type { ConnectedAccount } from '../../../domain/channel-account.ts';
import type { Counterparty } from '../../../domain/contact.ts';
import { isAnswer, topicOf } from '../../../domain/mail-subject.ts';
import type { Answered, InboundEvent, KeepFile, MailReader, RawMail, ReadMail, ReturnPath } from '../../contract.ts';
import { compact } from '../../shared/read.ts';
import { addressOf, partsOf } from '../address.ts';
import { bodyOf, keepOriginal } from '../body.ts';
import type { Credentials } from '../credentials.ts';
import { conversationIn, referenceIn } from '../ids.ts';
import { namesOf } from '../names.ts';
import { returnPathIn } from '../return-path.ts';
import { addressesOf } from '../verify.ts';
import { isAutomatic, looksLikeReport } from './automatic.ts';
import { readable } from './charset.ts';
import { addressesIn, bareHeaders, idsIn, oneLine } from './headers.ts';
import { textOfHtml } from './html-text.ts';
import { bounce, readReport } from './report.ts';

type Account = ConnectedAccount<Credentials>;
type Message = Extract<InboundEvent, { kind: 'message' }>;

/** Reads what came by mail. */
export const reader: MailReader<Credentials> = {
  namesOf,
  read,
  about: (ids, { credentials }) => answeredBy(ids, credentials.webhook_secret),
  bounce,
  textOfHtml: (html) => textOfHtml(html, { links: true }),
};

async function read(raw: RawMail, account: Account, keep: KeepFile): Promise<ReadMail> {
  const mail = await parse(raw.bytes);
  if (!mail) return unparsed(raw, account, keep);
  const id = idOf(idsIn(mail.messageId)[0], raw);
  const { webhook_secret: secret } = account.credentials;
  if (referenceIn(id, secret)) return { kind: 'ignored', why: 'a mail of our own came back' };
  const returnPath = raw.envelope.to.map((to) => returnPathIn(to, secret)).find((each) => each !== undefined);
  const message = () => messageOf(mail, { id, raw, account, keep, returnPath });
  const looksLikeOne = looksLikeReport(mail, { envelopeFrom: raw.envelope.from, returned: returnPath !== undefined });
  const report = readReport(mail, looksLikeOne);
  if (!report) return message();
  const about = [...(returnPath ? [{ returnPath }] : []), ...answeredBy(report.ids, secret)];
  return { kind: 'report', about, verdicts: report.verdicts, otherwise: message };
}

async function parse(bytes: Uint8Array<ArrayBuffer>): Promise<Mail | undefined> {
  const mail = await parseAsLabelled(bytes);
  return mail && { ...mail, ...(await readable(mail, bytes, parseAsLabelled)) };
}

/** Undefined for what is no mail, or was made to be hard to read (nesting, headers without end). */
async function parseAsLabelled(bytes: Uint8Array<ArrayBuffer>): Promise<Mail | undefined> {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      attachmentEncoding: 'arraybuffer',
      maxNestingDepth: 100,
      maxHeadersSize: 1024 * 1024,
    });
  } catch {
    return undefined;
  }
}

interface Sender {
  address: string;
  name: string;
}

/** Who wrote. A form on the business's own site writes in its name, and says in Reply-To for whom. */
function senderOf(mail: Mail, { envelope }: RawMail, account: Account): Sender | undefined {
  const [from] = addressesIn(mail.from ? [mail.from] : []);
  const [replyTo] = addressesIn(mail.replyTo).filter(({ address }) => !isOurs(address, account));
  if (from && writesForOthers(from.address, account) && replyTo) return replyTo;
  const sender = from ?? addressesIn(mail.sender ? [mail.sender] : [])[0];
  const last = addressOf(envelope.from);
  return sender ?? (last === undefined ? undefined : { address: last, name: '' });
}

const FORMS =
  /^(?:no-?reply|do-?not-?reply|mailer|notifications?|wordpress|web-?site|(?:web|contact)?-?forms?)(?:[+.-]|@)/;

/** The account itself, or a program at its domain: whoever is elsewhere could put words into anybody's mouth so. */
function writesForOthers(address: string, account: Account): boolean {
  const { domain } = partsOf(address);
  const isNear = addressesOf(account).some((own) => partsOf(own).domain === domain);
  return isOurs(address, account) || (isNear && FORMS.test(address));
}

/** Whether mail to this address comes to the account: with a tag, too. */
function isOurs(address: string, account: Account): boolean {
  const own = new Set([`account:${account.id}`, ...addressesOf(account).map((each) => `address:${each}`)]);
  return namesOf(address).some((name) => own.has(name));
}

/** The key of a provider's id has room for so much. */
const MOST_ID = 500;

/** The mail's own name, or one that its bytes give it. */
function idOf(messageId: string | undefined, { bytes }: RawMail): string {
  const isShort = messageId !== undefined && messageId.length <= MOST_ID;
  return isShort ? messageId : `${createHash('sha256').update(bytes).digest('hex')}@sha256`;
}

interface Context {
  id: string;
  raw: RawMail;
  returnPath: ReturnPath | undefined;
  account: Account;
  keep: KeepFile;
}

async function messageOf(mail: Mail, { id, raw, returnPath, account, keep }: Context): Promise<ReadMail> {
  const from = senderOf(mail, raw, account);
  if (!from) return { kind: 'unreadable', reason: 'the mail does not say who wrote it' };
  const { webhook_secret: secret } = account.credentials;
  const cc = othersIn(mail, from.address, account);
  const isMachine = isAutomatic(mail, { envelopeFrom: raw.envelope.from, from: from.address });
  const body = {
    ...(await bodyOf(mail, raw.bytes, keep)),
    ...(cc.length > 0 ? { cc } : {}),
    ...(isMachine ? { automatic: true as const } : {}),
  };
  const named = raw.envelope.to.map((to) => conversationIn(to, secret)).find((each) => each !== undefined);
  const subject = mail.subject ?? '';
  return {
    kind: 'message',
    event: eventOf(id, from, body, raw),
    ...answeredIn(mail, secret),
    ...compact({
      conversation: named ?? returnPath?.conversation,
      topic: isAnswer(subject) ? topicOf(subject) : undefined,
    }),
  };
}

function eventOf(id: string, { address, name }: Sender, email: Email, { suspect }: RawMail): Message {
  const counterparty: Counterparty = {
    identities: [{ kind: 'email', value: address }],
    ...(name === '' ? {} : { name }),
  };
  const body = { type: 'email' as const, ...email, ...compact({ suspect }) };
  return { kind: 'message', direction: 'INBOUND', providerMessageId: id, counterparty, body };
}

/** Some programs write References alone: then its last is what is answered. */
function answeredIn(mail: Mail, secret: string): Pick<Extract<ReadMail, { kind: 'message' }>, 'direct' | 'earlier'> {
  const earlier = idsIn(mail.references).toReversed();
  const direct = mail.inReplyTo === undefined ? earlier.slice(0, 1) : idsIn(mail.inReplyTo);
  return { direct: answeredBy(direct, secret), earlier: answeredBy(earlier, secret) };
}

const MOST_COPIES = 50;

/** Who else has the mail, whether it was written to them or copied. */
function othersIn(mail: Mail, from: string, account: Account): string[] {
  const all = new Set(addressesIn([...(mail.to ?? []), ...(mail.cc ?? [])]).map(({ address }) => address));
  return [...all].filter((address) => address !== from && !isOurs(address, account)).slice(0, MOST_COPIES);
}

/** Lookups that a mail may ask for. */
const MOST_ANSWERS = 20;

function answeredBy(ids: string[], secret: string): Answered[] {
  return [...new Set(ids)].slice(0, MOST_ANSWERS).map((id) => {
    const reference = referenceIn(id, secret);
    return reference === undefined ? { providerMessageId: id } : { reference };
  });
}

/** It is there, whatever is in it: what its headers say, and the original. */
async function unparsed(raw: RawMail, { credentials }: Account, keep: KeepFile): Promise<ReadMail> {
  const headers = bareHeaders(raw.bytes);
  const written = headers.get('from') ?? '';
  const address = addressOf(/<([^<>]{3,320})>/.exec(written)?.[1] ?? written) ?? addressOf(raw.envelope.from);
  if (address === undefined) return { kind: 'unreadable', reason: 'the mail can not be read' };
  const id = idOf(idsIn(headers.get('message-id'))[0], raw);
  if (referenceIn(id, credentials.webhook_secret)) return { kind: 'ignored', why: 'a mail of our own came back' };
  const original = await keepOriginal(raw.bytes, keep);
  const email = { subject: oneLine(headers.get('subject') ?? '', 200), text: '', attachments: [], original };
  return { kind: 'message', event: eventOf(id, { address, name: '' }, email, raw), direct: [], earlier: [] };
}
