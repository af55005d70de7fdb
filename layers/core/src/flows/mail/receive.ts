import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Channel, KeepFile, MailFile, MailReader, RawMail, ReadMail } from '../../channels/contract.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { connectedAccount, routeOf } from '../../store/channel-accounts.ts';
import type { MailTask } from '../../store/mail-queue.ts';
import { readFile, storeBytes, storeFile } from '../../store/media-files.ts';
import type { StoredFile } from '../../store/media-files.ts';
import { readSesNotification } from '../../store/ses.ts';
import type { Feedback, SesNotification } from '../../store/ses.ts';
import { applyReport } from './report.ts';
import { placeMail } from './thread.ts';
import { apply } from '../receive/receive.ts';

/** What became of one entry of the mail queue: how many accounts it was for, and how many could use it. */
export interface MailOutcome {
  accounts: number;
  applied: number;
}

/**
 * Takes one entry of the mail queue: a mail that a webhook kept, or what Amazon SES tells of mail that came in, bounced, or was complained
 * about. What nobody can use is set aside. Done again it does nothing new.
 */
export async function receiveMail(channel: Channel, entry: unknown): Promise<MailOutcome> {
  const reader = await channel.mail?.();
  if (!reader) throw new Error(`${channel.manifest.name} reads no mail`);
  const post: Post = { channel, reader, entry };
  if (isTask(entry)) return takeKept(post, entry);
  const notification = readSesNotification(entry);
  if (notification?.kind === 'received') return takeReceived(post, notification);
  if (notification?.kind === 'feedback') return takeFeedback(post, notification);
  if (!notification) await setAside(post, 'not a notification of mail', JSON.stringify(entry));
  return { accounts: 0, applied: 0 };
}

/** An entry that is being taken: what is set aside of it can be tried again with it. */
interface Post {
  channel: Channel;
  reader: MailReader;
  entry: unknown;
}

function isTask(entry: unknown): entry is MailTask {
  return typeof entry === 'object' && entry !== null && 'accountId' in entry && 'key' in entry;
}

async function takeKept(post: Post, task: MailTask): Promise<MailOutcome> {
  const account = await connectedAccount(task.organizationId, task.accountId);
  if (!account) await setAside(post, 'the account no longer exists', task.key);
  return takeFor(post, account ? [account] : [], { key: task.key, envelope: task.envelope });
}

async function takeReceived(
  post: Post,
  { key, envelope, infected, suspect }: Extract<SesNotification, { kind: 'received' }>,
): Promise<MailOutcome> {
  const accounts = await accountsOf(post, envelope.to);
  if (accounts.length === 0)
    await setAside(post, 'no account has one of these addresses', JSON.stringify({ key, envelope }));
  for (const account of infected ? accounts : []) await setAside(post, 'the mail carries a virus', key, account);
  return takeFor(post, infected ? [] : accounts, { key, envelope, ...(suspect ? { suspect } : {}) });
}

/** A mail may be for several accounts, of several organizations: each gets its own. */
async function accountsOf(post: Post, addresses: string[]): Promise<ConnectedAccount[]> {
  const found = new Map<string, ConnectedAccount>();
  for (const address of addresses) {
    const account = await accountAt(post, address);
    if (account) found.set(account.id, account);
  }
  return [...found.values()];
}

async function accountAt({ channel, reader }: Post, address: string): Promise<ConnectedAccount | undefined> {
  for (const name of reader.namesOf(address)) {
    const route = await routeOf(channel.manifest.name, name);
    const account = route && (await connectedAccount(route.organizationId, route.accountId));
    if (account) return account;
  }
  return undefined;
}

async function takeFor(
  post: Post,
  accounts: ConnectedAccount[],
  { key, ...mail }: Omit<RawMail, 'bytes'> & { key: string },
): Promise<MailOutcome> {
  if (accounts.length === 0) return { accounts: 0, applied: 0 };
  const bytes = new Uint8Array(await readFile(key));
  let applied = 0;
  for (const account of accounts) {
    const read = await post.reader.read({ ...mail, bytes }, account, keeperOf(account, bytes));
    if (await use(post.channel, account, read)) applied++;
    else await setAside(post, read.kind === 'unreadable' ? read.reason : 'of no use', key, account);
  }
  return { accounts: accounts.length, applied };
}

/** The same mail has the same files under the same keys, however often it is read. */
function keeperOf(account: ConnectedAccount, bytes: Uint8Array): KeepFile {
  const folder = `${account.organizationId}/mail/${account.id}/${createHash('sha256').update(bytes).digest('hex')}`;
  return async (file) => {
    const key = `${folder}/${file.name}`;
    const stored = await store(key, file);
    return { status: 'ready', key, ...stored, ...compact({ filename: file.filename }) };
  };
}

/** Of what somebody attached the bytes say the type, as of any other file that comes in. */
function store(key: string, { bytes, mime, filename, attached }: MailFile): Promise<StoredFile> {
  if (!attached) return storeBytes(key, bytes, mime, filename);
  return storeFile(key, Readable.from([Buffer.from(bytes)]), { declared: mime, filename });
}

async function use(channel: Channel, account: ConnectedAccount, read: ReadMail): Promise<boolean> {
  switch (read.kind) {
    case 'message':
      await apply(channel, await placeMail(account, read), account);
      // what a machine wrote begins nothing, so what follows from a person's mail is loaded for one
      if (isPersons(read)) await (await import('./come-back.ts')).comeBack(channel, account, read);
      return true;
    case 'report':
      return (await applyReport(channel, account, read)) || use(channel, account, await read.otherwise());
    case 'ignored':
      return true;
    case 'unreadable':
      return false;
  }
}

/** A machine, and who may not be who they say, prove nothing of the address they write from. */
function isPersons({ event: { body } }: Extract<ReadMail, { kind: 'message' }>): boolean {
  return body.type === 'email' && !body.automatic && !body.suspect;
}

async function takeFeedback(
  post: Post,
  { source, ids, verdicts }: Extract<SesNotification, { kind: 'feedback' }>,
): Promise<MailOutcome> {
  const { channel, reader } = post;
  const account = await accountAt(post, source);
  const report = account && {
    about: reader.about(ids, account),
    verdicts: verdicts.map((each) => verdictOf(reader, each)),
  };
  const isOurs = account !== undefined && report !== undefined && (await applyReport(channel, account, report));
  if (!isOurs) await setAside(post, 'feedback of a mail that is not known', JSON.stringify({ source, ids }), account);
  return { accounts: account ? 1 : 0, applied: isOurs ? 1 : 0 };
}

function verdictOf(reader: MailReader, { address, outcome, ...why }: Feedback): ReturnType<MailReader['bounce']> {
  if (outcome === 'delivered') return { address, status: 'DELIVERED' };
  return outcome === 'complained' ? { address, unreachable: 'complained' } : reader.bounce(address, why);
}

async function setAside(
  { channel, entry }: Post,
  reason: string,
  raw: string,
  account?: ConnectedAccount,
): Promise<void> {
  const whose = account ? { organizationId: account.organizationId, accountId: account.id } : {};
  // most mail can be used
  const { quarantine } = await import('../../store/quarantine.ts');
  await quarantine(channel.manifest.name, [{ reason, raw, ...whose }], { mail: Object(entry) });
}
