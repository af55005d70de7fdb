import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import type { SMTPServerEnvelope, SMTPServerOptions } from 'smtp-server';
import { disconnect } from '@parley/core/channels/email/transport.ts';
import type { Credentials } from '@parley/core/channels/email/credentials.ts';
import type { Outgoing } from '@parley/core/channels/contract.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { certificateIn } from '@parley/local/mail/certificate.ts';
import { answer, bytesOf, listen, refusal } from '@parley/local/mail/smtp.ts';
import { account as base, SECRET } from './reading.ts';

export const REFERENCE = 'msg_019aa000-0000-7000-8000-000000000001_019aa000-0000-5000-8000-000000000002.1';

/** What a server says at each stage in place of yes: `550 5.1.1 no`, or `drop`. */
export interface Says {
  auth?: string;
  mail?: string;
  rcpt?: string | ((address: string) => string | undefined);
  data?: string;
  options?: SMTPServerOptions;
}

export interface TestServer {
  account: ConnectedAccount<Credentials>;
  /** what arrived, oldest first */
  mails: {
    mail: Email;
    raw: string;
    to: string[];
    envelopeId: string | undefined;
    /** what each recipient is called in reports */
    originalRecipients: (string | undefined)[];
  }[];
  /** how often someone signed in */
  signIns: string[];
  /** Ends the connections of all who signed in. */
  hangUp(): void;
  close(): Promise<void>;
}

/** A real mail server on loopback with STARTTLS and AUTH, and an account at it. */
export async function startServer(says: Says = {}, credentials: Partial<Credentials> = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-mail-'));
  const certificate = await certificateIn(join(folder, 'certificate.json'));
  const mails: TestServer['mails'] = [];
  const signIns: string[] = [];
  const sessions: string[] = [];
  const drop = (id: string) => running.drop(id);
  async function take(bytes: Buffer | undefined, envelope: SMTPServerEnvelope): Promise<void> {
    if (!bytes) throw refusal(552, '5.3.4 message too large');
    if (says.data && says.data !== 'drop') throw refused(says.data);
    const { rcptTo, dsn } = envelope as SMTPServerEnvelope & { dsn?: { envid?: string } };
    const to = rcptTo.map(({ address }) => address);
    const originalRecipients = rcptTo.map((each) => (each as { dsn?: { orcpt?: string } }).dsn?.orcpt);
    const parsed = await PostalMime.parse(bytes);
    mails.push({ mail: parsed, raw: bytes.toString(), to, envelopeId: dsn?.envid, originalRecipients });
  }
  const running = await listen(
    {
      ...certificate,
      authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
      size: 25 * 1024 * 1024,
      onAuth: ({ username, password, accessToken }, session, callback) => {
        sessions.push(session.id);
        signIns.push(`${username}:${password ?? accessToken}`);
        callback(says.auth ? refused(says.auth) : null, { user: username ?? '' });
      },
      onMailFrom: (_address, _session, callback) => callback(says.mail ? refused(says.mail) : null),
      onRcptTo: ({ address }, session, callback) => {
        const words = typeof says.rcpt === 'function' ? says.rcpt(address) : says.rcpt;
        if (words === 'drop') drop(session.id);
        else callback(words ? refused(words) : null);
      },
      onData: (stream, session, callback) => {
        const taken = bytesOf(stream).then((bytes) => take(bytes, session.envelope));
        answer(taken, (error) => {
          if (says.data === 'drop') running.drop(session.id);
          else callback(error, '2.0.0 queued');
        });
      },
      ...says.options,
    },
    0,
  );
  return {
    account: {
      ...base,
      baseUrl: `smtp://127.0.0.1:${running.port}`,
      credentials: {
        user: 'support@nile.example',
        password: 'pass word',
        webhook_secret: SECRET,
        ca: certificate.cert,
        ...credentials,
      },
    },
    mails,
    signIns,
    hangUp: () => sessions.forEach(drop),
    close: async () => {
      disconnect();
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function outgoing(more: Partial<Outgoing> = {}): Outgoing {
  return {
    reference: REFERENCE,
    to: { identities: [{ kind: 'email', value: 'mona@customers.example' }], name: 'Mona Hassan' },
    body: { type: 'email', subject: 'Order 17', text: 'Ready', attachments: [] },
    webhookUrl: 'https://parley.example/functions/v1/email-webhook/acc_1',
    ...more,
  };
}

function refused(words: string): Error {
  return refusal(Number(words.slice(0, 3)), words.slice(4));
}
