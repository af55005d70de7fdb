import { timingSafeEqual } from 'node:crypto';
import type { EmailAccount } from '../account.ts';
import type { Fault } from '../faults.ts';
import { refusal } from '../../mail/smtp.ts';
import type { MailServers } from './index.ts';
import { distribute, refusalAt, type Mailboxes } from './mailbox.ts';
import { post, type Letter } from './mail.ts';
import type { Handed } from './submission.ts';

/** Opens the server to the world's accounts: it knows their passwords, lets each write from its own address only, and brings the mail. */
export function openOffice(world: Mailboxes, { submission, inboundPort, base }: MailServers): void {
  const accountOf = (user: string) => [...world.accounts.values()].find((account) => account.user === user);
  submission.open({
    signIn: (user, password) => {
      const fault = spend(world, '/auth');
      if (fault?.status !== undefined) throw refusal(fault.status, 'sign-in refused');
      if (!isSame(accountOf(user)?.password ?? '', password)) throw refusal(535, '5.7.8 authentication failed');
    },
    sender: (user, address) => {
      const account = accountOf(user);
      if (!account || withoutTag(address.toLowerCase()) !== account.external_id)
        throw refusal(553, '5.7.1 sender address rejected: not owned by this user');
    },
    recipient: (address) => {
      const fault = spend(world, '/rcpt');
      if (fault?.status !== undefined) throw refusal(fault.status, wordsOf(fault));
      const refused = refusalAt(address);
      if (refused && !refused.later) throw refusal(550, refused.words);
    },
    take: async (mail) => {
      const account = accountOf(mail.user);
      if (!account) throw refusal(535, '5.7.8 authentication failed');
      return take(world, account, mail, { inboundPort, base });
    },
  });
}

/** A tag of one's own address is one's own too, as Postfix has it with its `recipient_delimiter`. */
function withoutTag(address: string): string {
  return address.replace(/\+[^@]*(?=@)/, '');
}

async function take(
  world: Mailboxes,
  account: EmailAccount,
  mail: Handed,
  { inboundPort, base }: Pick<MailServers, 'inboundPort' | 'base'>,
): Promise<'taken' | 'drop'> {
  const fault = spend(world, '/data');
  log(world, mail, fault);
  if (fault?.status !== undefined) throw refusal(fault.status, wordsOf(fault));
  const reports = await distribute(world, account, mail, base);
  void bring(inboundPort, reports);
  if (fault?.delay_ms) await world.faults.late(fault.delay_ms);
  return fault?.lose_answer ? 'drop' : 'taken';
}

/** Reports go the way that every mail to the business goes. */
async function bring(port: number, reports: Letter[]): Promise<void> {
  for (const report of reports)
    await post(port, report).catch((error: unknown) => console.error('a bounce could not be delivered', error));
}

/** A fault without a path is one of the mail itself. */
function spend({ faults }: Mailboxes, stage: '/auth' | '/rcpt' | '/data'): Fault | undefined {
  const isDue = faults.list().some(({ path }) => (path ?? '/data') === stage);
  return isDue ? faults.forCall(stage) : undefined;
}

function wordsOf({ body }: Fault): string {
  return typeof body === 'string' ? body : 'refused';
}

function log(
  { requests, now }: Mailboxes,
  { user, from, to, envelopeId, bytes }: Handed,
  fault: Fault | undefined,
): void {
  requests.add({
    at: new Date(now()).toISOString(),
    method: 'DATA',
    path: '/data',
    headers: {},
    body: {
      user,
      from,
      to,
      envelope_id: envelopeId ?? null,
      raw: bytes.toString('utf8', 0, 65_536),
      size: bytes.length,
    },
    status: fault?.status ?? 250,
    response: fault?.status === undefined ? '2.0.0 queued' : wordsOf(fault),
    ...(fault?.lose_answer && { lost: true }),
  });
}

function isSame(password: string, given: string): boolean {
  const [a, b] = [Buffer.from(password), Buffer.from(given)];
  return a.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}
