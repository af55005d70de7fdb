import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { after, beforeEach } from 'node:test';
import type {
  GatewayAccount,
  NotifyAccount,
  TelegramAccount,
  WhatsappCloudAccount,
} from '../../../local/src/providers/account.ts';
import { createProviders, type Providers, type ProvidersOptions } from '../../../local/src/providers/providers.ts';
import { eventually } from '../../support/eventually.ts';
import { listenAt, stop } from '../../support/loopback.ts';

/** One webhook as it arrived: the very bytes, and parsed. */
export interface Received {
  method: string;
  url: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  raw: string;
  body: unknown;
}

export interface Answered {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface Rig {
  providers: Providers;
  /** base of the providers, without a closing slash */
  url: string;
  cloud: WhatsappCloudAccount;
  bot: TelegramAccount;
  notify: NotifyAccount;
  gateway: GatewayAccount;
  /** webhooks in the order they came */
  received: Received[];
  /** what the webhook answers next; 200 when empty */
  answers: number[];
  /** what the webhook says next with its 200; nothing when empty */
  says: string[];
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  /** Waits until as many webhooks came as asked for. */
  webhooks(count: number): Promise<Received[]>;
  close(): Promise<void>;
}

/** The providers on loopback, an account on each, and a server that takes their webhooks. */
export async function startRig(options: ProvidersOptions = {}): Promise<Rig> {
  const received: Received[] = [];
  const answers: number[] = [];
  const says: string[] = [];
  const hooks = webhookServer(received, answers, says);
  const providers = createProviders({ schedule: [0, 5, 5, 5, 5], ...options });
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/^\/providers/, '');
    providers.handle(request, response, path).catch(() => response.destroy());
  });
  const url = `${await listenAt(server)}/providers`;
  const accounts = accountsFor(await listenAt(hooks));
  for (const account of Object.values(accounts)) providers.register(account);
  return {
    providers,
    url,
    ...accounts,
    received,
    answers,
    says,
    call: (method, path, body, headers) => call(url + path, method, body, headers),
    webhooks: async (count) => {
      await until(() => received.length >= count);
      return received;
    },
    close: async () => {
      await providers.close();
      stop(server);
      stop(hooks);
    },
  };
}

/** Closes the rig after the tests of this file, and forgets before each of them what came. */
export function ownRig<Own extends Rig>(rig: Own): Own {
  after(() => rig.close());
  beforeEach(() => {
    rig.received.length = 0;
  });
  return rig;
}

/** Looks until it is so. */
export async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(String(isDone), isDone);
}

/** The value at a path of parsed JSON, such as `entry.0.changes.0.value`. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

async function call(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const isRaw = body instanceof FormData || body instanceof URLSearchParams || typeof body === 'string';
  const response = await fetch(url, {
    method,
    headers: isRaw || body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function webhookServer(received: Received[], answers: number[], says: string[]): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://hook');
      const challenge = url.searchParams.get('hub.challenge');
      if (challenge !== null)
        return response.writeHead(url.searchParams.get('hub.verify_token') === 'verify-me' ? 200 : 403).end(challenge);
      const raw = Buffer.concat(chunks).toString('utf8');
      const { method = '', headers } = request;
      received.push({ method, url: url.pathname, query: url.searchParams, headers, raw, body: parsed(raw) });
      return response.writeHead(answers.shift() ?? 200).end(says.shift());
    });
  });
}

function accountsFor(hooks: string): Pick<Rig, 'cloud' | 'bot' | 'notify' | 'gateway'> {
  const common = { organization: 'org_1' };
  return {
    cloud: {
      ...common,
      channel: 'whatsapp_cloud',
      external_id: '106540352242922',
      phone_number_id: '106540352242922',
      name: 'Nile Shop',
      display_phone_number: '+1 555-010-0001',
      waba_id: '102290129340398',
      access_token: 'EAAG-cloud-token',
      app_id: '200',
      app_secret: 'app-secret',
      verify_token: 'verify-me',
      webhook_url: `${hooks}/cloud`,
    },
    bot: {
      ...common,
      channel: 'telegram',
      external_id: '123456789',
      name: 'Nile bot',
      token: '123456789:AAtestTokenOfTheBot',
      username: 'nile_bot',
      secret_token: 'telegram-secret',
      webhook_url: `${hooks}/telegram`,
    },
    notify: {
      ...common,
      channel: 'whatsapp_lite',
      kind: 'notify',
      external_id: '+0987654321',
      name: 'Nile Lite',
      suit_id: 'suit42',
      api_key: 'notify-key',
      webhook_secret: 'lite-secret',
      webhook_url: `${hooks}/notify`,
    },
    gateway: {
      ...common,
      channel: 'whatsapp_lite',
      kind: 'gateway',
      external_id: '+201555000000',
      name: 'Nile Gateway',
      session: 'default',
      api_key: 'gateway-key',
      webhook_secret: 'gateway-secret',
      webhook_url: `${hooks}/gateway`,
    },
  };
}
