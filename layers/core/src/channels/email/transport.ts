import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { SMTPPoolOptions, SMTPPoolSentMessageInfo, Transporter } from 'nodemailer';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Credentials } from './credentials.ts';

/** Connections to one account's mail server. */
export interface Connection {
  transporter: Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>;
  /** Whether a byte of this mail has left: then it may be there, whatever else is heard. */
  hasBegun(messageId: string): boolean;
  /** What became of the mail is known. */
  forget(messageId: string): void;
}

/** Kept from send to send, as long as the function lives: signing in costs more than the mail. */
const connections = new Map<string, Connection>();
const MOST_CONNECTIONS = 20;

/** Undefined when the account's server is no SMTP address. */
export function connectionOf(account: ConnectedAccount<Credentials>): Connection | undefined {
  const server = serverOf(account.baseUrl);
  if (!server) return undefined;
  const key = createHash('sha256')
    .update(JSON.stringify([account.baseUrl, account.credentials]))
    .digest('hex');
  const known = connections.get(key);
  if (known) return known;
  const [oldest] = connections;
  if (oldest && connections.size >= MOST_CONNECTIONS) {
    connections.delete(oldest[0]);
    oldest[1].transporter.close();
  }
  const made = connect(account, server);
  connections.set(key, made);
  return made;
}

/** Ends every connection. */
export function disconnect(): void {
  for (const { transporter } of connections.values()) transporter.close();
  connections.clear();
}

interface Server {
  host: string;
  port: number;
  /** TLS from the first byte; else STARTTLS, without which nothing is said */
  secure: boolean;
}

/** `smtps://` is TLS at once (465), `smtp://` begins it by STARTTLS (587). */
export function serverOf(baseUrl: string): Server | undefined {
  const [, scheme, host = '', port] =
    /^(smtps?):\/\/(\[[0-9a-f:]+\]|[^/:@?#\s]+)(?::(\d{1,5}))?\/?$/i.exec(baseUrl) ?? [];
  if (scheme === undefined) return undefined;
  const secure = scheme.toLowerCase() === 'smtps';
  return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port ?? (secure ? 465 : 587)), secure };
}

function connect(account: ConnectedAccount<Credentials>, server: Server): Connection {
  const streams = new Map<string, Readable>();
  const transporter = createTransport(optionsOf(account, server));
  transporter.use('stream', (mail, done) => {
    const create = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (...options) => {
      const stream = create(...options);
      streams.set(mail.message.messageId(), stream);
      return stream;
    };
    done();
  });
  return {
    transporter,
    hasBegun: (messageId) => streams.get(messageId)?.readableDidRead ?? false,
    forget: (messageId) => void streams.delete(messageId),
  };
}

/** Everything ends well before the function does. A mail can't name files of this machine, or addresses to fetch. */
function optionsOf(
  { credentials, expiresAt }: ConnectedAccount<Credentials>,
  server: Server,
): SMTPPoolOptions & { pool: true } {
  return {
    pool: true,
    ...server,
    requireTLS: !server.secure,
    ...(credentials.ca === undefined ? {} : { tls: { ca: credentials.ca } }),
    ...authOf(credentials, expiresAt !== undefined),
    maxConnections: 2,
    maxMessages: 100,
    maxRequeues: 2,
    idleTimeout: 60_000,
    dnsTimeout: 5_000,
    connectionTimeout: 8_000,
    greetingTimeout: 8_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** `renewed`: its tokens are renewed for all senders together, so that none uses up a refresh token by itself. */
function authOf(credentials: Credentials, renewed: boolean): Pick<SMTPPoolOptions, 'auth'> {
  const { auth = 'password', user = '', password = '' } = credentials;
  if (auth === 'none') return {};
  if (auth === 'password') return { auth: { user, pass: password } };
  const { access_token, refresh_token, client_id, client_secret, token_url } = credentials;
  if (renewed && access_token !== undefined) return { auth: { type: 'OAuth2', user, accessToken: access_token } };
  return {
    auth: {
      type: 'OAuth2',
      user,
      accessToken: access_token,
      refreshToken: refresh_token,
      clientId: client_id,
      clientSecret: client_secret,
      accessUrl: token_url,
    },
  };
}
