import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import type { Email as Mail } from 'postal-mime';
import { isAnswer, topicOf } from '../../../domain/mail-subject.ts';
import type { ChannelAccount } from '../../../domain/channel-account.ts';
import type { Counterparty } from '../../../domain/contact.ts';
import type { Answered, KeepFile, MailReader, RawMail, ReadMail, ReturnPath } from '../../contract.ts';
import { compact } from '../../shared/read.ts';
import { addressOf } from '../address.ts';
import type { Credentials } from '../credentials.ts';
import { conversationIn, referenceIn } from '../ids.ts';
import { namesOf } from '../names.ts';
import { returnPathIn } from '../return-path.ts';
import { isAutomatic, looksLikeReport } from './automatic.ts';
import { bodyOf, keepOriginal } from '../body.ts';
import { readable } from './charset.ts';
import { addressesIn, bareHeaders, idsIn, oneLine } from './headers.ts';
import { textOfHtml } from './html-text.ts';
import { bounce, readReport } from './report.ts';

type Account = ChannelAccount & { credentials: Credentials };

export const reader: MailReader<Credentials> = {
  namesOf,
  read,
  about: (ids, { credentials }) => answeredBy(ids, credentials.webhook_secret),
  bounce,
  textOfHtml,
};

async function read(raw: RawMail, account: Account, keep: KeepFile): Promise<ReadMail> {
  const mail = await parse(raw.bytes);
  if (!mail) return unparsed(raw, account, keep);
  const id = messageId(mail, raw);
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
  const own = ownAddresses(account);
  const [from] = addressesIn(mail.from ? [mail.from] : []);
  const [replyTo] = addressesIn(mail.replyTo).filter(({ address }) => !own.has(address));
  if (from && own.has(from.address) && replyTo) return replyTo;
  const sender = from ?? addressesIn(mail.sender ? [mail.sender] : [])[0];
  const last = addressOf(envelope.from);
  return sender ?? (last === undefined ? undefined : { address: last, name: '' });
}

function ownAddresses({ externalId, credentials }: Account): Set<string | undefined> {
  const { from, inbound_address, bounce_address } = credentials;
  return new Set([externalId, from, inbound_address, bounce_address].map((each) => addressOf(each ?? '')));
}

/** The key of a provider's id has room for so much. */
const MOST_ID = 500;

function messageId(mail: Mail, { bytes }: RawMail): string {
  const [id] = idsIn(mail.messageId);
  return id !== undefined && id.length <= MOST_ID ? id : `${createHash('sha256').update(bytes).digest('hex')}@sha256`;
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
  const own = ownAddresses(account);
  const cc = addressesIn(mail.cc).flatMap(({ address }) => (own.has(address) ? [] : [address]));
  const isMachine = isAutomatic(mail, { envelopeFrom: raw.envelope.from, from: from.address });
  const counterparty: Counterparty = {
    identities: [{ kind: 'email', value: from.address }],
    ...(from.name === '' ? {} : { name: from.name }),
  };
  const topic = isAnswer(mail.subject ?? '') ? topicOf(mail.subject ?? '') : undefined;
  const named = raw.envelope.to.map((to) => conversationIn(to, secret)).find((each) => each !== undefined);
  const conversation = named ?? returnPath?.conversation;
  const earlier = idsIn(mail.references).toReversed();
  // some programs write References alone: then its last is what is answered
  const direct = mail.inReplyTo === undefined ? earlier.slice(0, 1) : idsIn(mail.inReplyTo);
  const body = {
    type: 'email' as const,
    ...(await bodyOf(mail, raw.bytes, keep)),
    ...(cc.length > 0 ? { cc: cc.slice(0, 50) } : {}),
    ...(isMachine ? { automatic: true as const } : {}),
    ...compact({ suspect: raw.suspect }),
  };
  return {
    kind: 'message',
    event: { kind: 'message', direction: 'INBOUND', providerMessageId: id, counterparty, body },
    direct: answeredBy(direct, secret),
    earlier: answeredBy(earlier, secret),
    ...compact({ conversation, topic }),
  };
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
  const [given] = idsIn(headers.get('message-id'));
  const id = given ?? `${createHash('sha256').update(raw.bytes).digest('hex')}@sha256`;
  if (referenceIn(id, credentials.webhook_secret)) return { kind: 'ignored', why: 'a mail of our own came back' };
  return {
    kind: 'message',
    event: {
      kind: 'message',
      direction: 'INBOUND',
      providerMessageId: id.slice(0, MOST_ID),
      counterparty: { identities: [{ kind: 'email', value: address }] },
      body: {
        type: 'email',
        subject: oneLine(headers.get('subject') ?? '', 200),
        text: '',
        attachments: [],
        original: await keepOriginal(raw.bytes, keep),
        ...compact({ suspect: raw.suspect }),
      },
    },
    direct: [],
    earlier: [],
  };
}
