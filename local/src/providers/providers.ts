import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProviderAccount, WhatsappCloudAccount } from './account.ts';
import { control, isControl } from './control.ts';
import type { Deliver } from './deliveries.ts';
import { json, problem, readBody, write, type Call } from './http.ts';
import type { Provider } from './provider.ts';
import { unread } from './receipts.ts';
import { serve } from './serve.ts';
import { createSms } from './sms/index.ts';
import { openState } from './state.ts';
import { createEmail, type MailServers } from './email/index.ts';
import { createInstagram } from './instagram/index.ts';
import { createMessenger } from './messenger/index.ts';
import { createTelegram } from './telegram/index.ts';
import { createTiktok } from './tiktok/index.ts';
import { createWhatsappCloud } from './whatsapp_cloud/index.ts';
import { verifyCallback } from './meta/verify-callback.ts';
import { createWhatsappLite } from './whatsapp_lite/index.ts';
import { createWebPush } from './web_push/index.ts';
import type { WorldOptions } from './world.ts';

export interface ProvidersOptions {
  /** sends webhooks; `fetch` unless told */
  deliver?: Deliver;
  /** keeps phones, threads, files and webhooks that nobody took over a restart */
  dataFile?: string;
  /** ms since 1970 */
  now?: () => number;
  /**
   * `http://127.0.0.1:4000/providers`: where the product reaches the providers. Links in webhooks and answers start with it;
   * without it, with the address the caller used, which for a browser may be another name of this machine.
   */
  publicUrl?: () => string;
  /** this machine's mail servers; without them no mail goes out */
  mail?: MailServers;
  /** ms before each attempt to deliver a webhook: 0, 2 s, 4 s, … bounded, unless told */
  schedule?: readonly number[];
}

/** The pretend providers: one HTTP handler for everything under `/providers/`. */
export interface Providers {
  /** `pathUnderPrefix` is the rest of the path after `/providers`: `/telegram/bot1:x/getMe`, with or without the query. */
  handle(request: IncomingMessage, response: ServerResponse, pathUnderPrefix: string): Promise<void>;
  /** Adds an account, or replaces the one with the same external id. */
  register(account: ProviderAccount): void;
  /** Goes on where the last process ended: webhooks that nobody took, and messages no phone has reported yet. */
  resume(): void;
  /** Meta's subscription check of the account's webhook: true when the challenge came back. */
  verify(account: WhatsappCloudAccount): Promise<boolean>;
  close(): Promise<void>;
}

const schedule = [0, 0, 2000, 4000, 8000, 16_000, 32_000, ...Array.from({ length: 10 }, () => 60_000)];

export function createProviders(options: ProvidersOptions = {}): Providers {
  const state = openState(options.dataFile);
  const world: WorldOptions = {
    state,
    deliver: options.deliver ?? fetch,
    now: options.now ?? Date.now,
    schedule: options.schedule ?? schedule,
  };
  const cloud = createWhatsappCloud(world);
  const telegram = createTelegram(world);
  const lite = createWhatsappLite(world);
  const push = createWebPush(world);
  const [sms, tiktok] = [createSms(world), createTiktok(world)];
  let resuming: Promise<unknown> | undefined;
  const providers: Record<string, Provider> = {
    whatsapp_cloud: cloud,
    telegram,
    whatsapp_lite: lite,
    web_push: push,
    messenger: createMessenger(world),
    instagram: createInstagram(world),
    sms,
    tiktok,
    email: createEmail(world, options.mail),
  };
  return {
    handle: (request, response, path) => handle({ providers, publicUrl: options.publicUrl }, request, response, path),
    register: (account) => void providers[account.channel]?.world.accounts.set(account.external_id, account),
    resume: () => void (resuming = Promise.all(Object.values(providers).map(resume))),
    verify: (account) => verifyCallback(account, world.deliver),
    close: async () => {
      for (const provider of Object.values(providers)) close(provider);
      await resuming;
      state.close();
    },
  };
}

interface Served {
  providers: Record<string, Provider>;
  publicUrl: (() => string) | undefined;
}

async function handle(
  { providers, publicUrl }: Served,
  request: IncomingMessage,
  response: ServerResponse,
  under: string,
): Promise<void> {
  const url = new URL(`/${under.replace(/^\/+/, '')}`, 'http://provider');
  const [, name = '', path = '/'] = /^\/([^/]*)(\/.*)?$/.exec(url.pathname) ?? [];
  if (name === '')
    return write(
      response,
      json(
        200,
        Object.keys(providers).map((known) => ({ name: known })),
      ),
    );
  if (name === 'events' && request.method === 'GET') return subscribeToAll(Object.values(providers), response);
  const provider = providers[name];
  if (!provider) return write(response, problem(404, 'unknown_provider', `no provider ${name}`));
  const body = await readBody(request);
  if (!body) return write(response, problem(413, 'too_large', 'the body is larger than any provider takes'));
  const call = callOf(request, { url, name, path, body, publicUrl: publicUrl?.() });
  await (isControl(path) ? control(provider, call, response) : serve(provider, call, response));
}

/** A browser gives a host six connections in all, so a page with many phones listens to all of them on one. */
function subscribeToAll(providers: Provider[], response: ServerResponse): void {
  response.setMaxListeners(2 * providers.length);
  for (const { world } of providers) world.events.subscribe(response);
}

interface Seen {
  url: URL;
  name: string;
  path: string;
  body: Buffer;
  publicUrl: string | undefined;
}

function callOf(request: IncomingMessage, seen: Seen): Call {
  const asked = new URL(request.url ?? '/', 'http://provider');
  const before = asked.pathname.slice(0, asked.pathname.length - seen.url.pathname.length);
  return {
    method: request.method ?? 'GET',
    path: seen.path,
    query: seen.url.search ? seen.url.searchParams : asked.searchParams,
    headers: request.headers,
    body: seen.body,
    base: `${seen.publicUrl ?? `http://${request.headers.host ?? '127.0.0.1'}${before}`}/${seen.name}`,
  };
}

async function resume(provider: Provider): Promise<void> {
  try {
    await goOn(provider);
  } catch (error) {
    console.error('a pretend provider could not go on', error);
  }
}

async function goOn({ world, arrived, seen }: Provider): Promise<void> {
  world.deliveries.resume((hook) => {
    const account = world.accounts.get(hook.account);
    const { pathname, search } = new URL(hook.url);
    return account && { ...hook, url: new URL(pathname + search, account.webhook_url).href };
  });
  for (const account of world.accounts.values()) {
    for (const phone of world.phones.list()) {
      const isOpen = phone.open === account.external_id;
      for (const message of unread(world.phones, phone, account.external_id)) {
        await arrived?.(account, phone, message);
        if (isOpen) await seen(account, phone, message);
      }
    }
  }
}

function close({ world }: Provider): void {
  world.deliveries.close();
  world.events.close();
}
