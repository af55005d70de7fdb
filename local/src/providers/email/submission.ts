import type { SMTPServerSession } from 'smtp-server';
import type { Certificate } from '../../mail/certificate.ts';
import { answer, bytesOf, listen, refusal, type RunningSmtp } from '../../mail/smtp.ts';

/** A mail that was handed in, with what was said of it beside it. */
export interface Handed {
  user: string;
  from: string;
  to: string[];
  /** what the sender wants to find in a report (RFC 3461) */
  envelopeId: string | undefined;
  bytes: Buffer;
}

/** Who decides. Each throws a refusal. */
export interface PostOffice {
  signIn(user: string, password: string): void;
  sender(user: string, address: string): void;
  recipient(address: string): void;
  /** resolves when the mail is taken; what follows runs by itself. `drop`: it is taken, and the connection ends without a word */
  take(mail: Handed): Promise<'taken' | 'drop'>;
}

export interface Submission extends RunningSmtp {
  /** who vouches for the server, PEM */
  ca: string;
  /** from now on mail is taken */
  open(office: PostOffice): void;
}

/** 25 MB, as most servers have it. */
const MOST_BYTES = 25 * 1024 * 1024;

/** A mail server for submission (RFC 6409): STARTTLS first, then AUTH, then mail of one's own address. */
export async function startSubmission(certificate: Certificate, port: number): Promise<Submission> {
  const opened = Promise.withResolvers<PostOffice>();
  const running = await listen(
    {
      ...certificate,
      size: MOST_BYTES,
      authMethods: ['PLAIN', 'LOGIN'],
      onAuth: ({ username, password }, _session, callback) =>
        answer(
          opened.promise.then((office) => {
            office.signIn(username ?? '', password ?? '');
            return { user: username ?? '' };
          }),
          (error, response) => callback(error, response),
        ),
      onMailFrom: ({ address }, session, callback) =>
        answer(
          opened.promise.then((office) => office.sender(userOf(session), address)),
          (error) => callback(error),
        ),
      onRcptTo: ({ address }, _session, callback) =>
        answer(
          opened.promise.then((office) => office.recipient(address)),
          (error) => callback(error),
        ),
      onData: (stream, session, callback) => {
        const taken = bytesOf(stream).then(async (bytes) => {
          if (!bytes) throw refusal(552, '5.3.4 message too large');
          return (await opened.promise).take(handedIn(session, bytes));
        });
        answer(taken, (error, outcome) => {
          if (error) callback(error);
          else if (outcome === 'taken') callback(null, '2.0.0 queued');
          else running.drop(session.id);
        });
      },
    },
    port,
  );
  return { ...running, ca: certificate.cert, open: opened.resolve };
}

function handedIn(session: SMTPServerSession, bytes: Buffer): Handed {
  const { mailFrom, rcptTo } = session.envelope;
  const dsn = (session.envelope as { dsn?: { envid?: string | null } }).dsn;
  return {
    user: userOf(session),
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    envelopeId: dsn?.envid ?? undefined,
    bytes,
  };
}

function userOf({ user }: SMTPServerSession): string {
  return user ?? '';
}
