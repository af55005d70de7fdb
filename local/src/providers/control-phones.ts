import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { ProviderAccount } from './account.ts';
import { header, json, problem, type Answer, type Call } from './http.ts';
import { parseJson } from '../json.ts';
import { keptUrl, load, samples, type MediaStore } from './media.ts';
import { isMediaBody, writing, type CustomerBody, type MediaBody, type Writing } from './phone-body.ts';
import { publicMessage, publicPhone, type Phone, type PhoneMessage } from './phones.ts';
import type { Act, Provider, Written } from './provider.ts';
import { unread } from './receipts.ts';

const newPhone = z.object({ name: z.string().check(z.minLength(1)), address: z.string().check(z.minLength(1)) });
const opening = z.object({ account: z.nullable(z.string()) });

/** `/phones`, `/phones/{id}/messages` and `/phones/{id}/open`. */
export async function controlPhones(provider: Provider, call: Call, [id, what]: string[]): Promise<Answer> {
  const route = `${call.method} ${what ?? ''}`;
  if (id === undefined) return call.method === 'POST' ? add(provider, call) : list(provider);
  const phone = provider.world.phones.get(id);
  if (!phone) return problem(404, 'unknown_phone', `no phone ${id}`);
  if (route === 'GET messages') return read(provider, phone, call);
  if (route === 'POST messages') return act(provider, phone, call);
  if (route === 'PUT open') return open(provider, phone, call);
  return problem(404, 'not_found', `nothing at ${route}`);
}

function list({ world }: Provider): Answer {
  return json(200, world.phones.list().map(publicPhone));
}

function add({ world }: Provider, call: Call): Answer {
  const parsed = newPhone.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return problem(400, 'bad_phone', z.prettifyError(parsed.error));
  if (world.phones.at(parsed.data.address)) return problem(409, 'address_taken', 'another phone has this address');
  return json(201, publicPhone(world.phones.add(parsed.data)));
}

function read({ world }: Provider, phone: Phone, call: Call): Answer {
  const account = call.query.get('account') ?? '';
  if (!world.accounts.has(account)) return unknownAccount(account);
  return json(
    200,
    world.phones.thread(phone, account).map((message) => shownMessage(message, call)),
  );
}

async function act(provider: Provider, phone: Phone, call: Call): Promise<Answer> {
  const parsed = writing.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return problem(400, 'bad_message', z.prettifyError(parsed.error));
  const account = provider.world.accounts.get(parsed.data.account);
  if (!account) return unknownAccount(parsed.data.account);
  const body = await bodyOf(provider, account, call.base, parsed.data);
  if (typeof body === 'string') return problem(400, 'bad_message', body);
  const one = { account, phone, body, writing: parsed.data, base: call.base };
  return tell(provider, one, call, await provider.act(one));
}

/** The phone shows the message, the webhook goes out; the answer has what our side said to it. */
async function tell({ world }: Provider, { account, phone }: Act, call: Call, written: Written): Promise<Answer> {
  if (!written.ok) return problem(400, 'bad_message', written.reason);
  const { message, hook } = written;
  if (message) world.phones.append(phone, account.external_id, message);
  const tellsOf = message && { tellsOf: { phone: phone.id, message: message.id } };
  const status = hook ? await soon(world.deliveries.send({ ...hook, ...tellsOf })) : null;
  const now = world.phones.thread(phone, account.external_id).find(({ id }) => id === message?.id);
  return json(201, { ...(now && shownMessage(now, call)), webhook_status: status });
}

/** Links to kept files are paths; a reader gets them whole, on the server it asked. */
function shownMessage(message: PhoneMessage, call: Call): PhoneMessage {
  const shown = publicMessage(message);
  if (!isMediaBody(shown.body) || !shown.body.url?.startsWith('/')) return shown;
  return {
    ...shown,
    body: { ...shown.body, url: new URL(shown.body.url, `http://${header(call, 'host') ?? '127.0.0.1'}`).href },
  };
}

const longestWaitMs = 10_000;

/** A webhook behind one that keeps failing may wait long; the caller need not. */
function soon(status: Promise<number | null>): Promise<number | null> {
  return Promise.race([status, sleep(longestWaitMs, null, { ref: false })]);
}

async function bodyOf(
  { world }: Provider,
  account: ProviderAccount,
  base: string,
  { text, body }: Writing,
): Promise<CustomerBody | string> {
  if (body) return isMediaBody(body) ? keep(world.media, account, base, body) : body;
  return text === undefined ? 'text or body is needed' : { type: 'text', text };
}

/** Reads the file the customer attached; from then on it is one of the provider's. */
async function keep(
  media: MediaStore,
  account: ProviderAccount,
  base: string,
  body: MediaBody,
): Promise<MediaBody | string> {
  const sample = samples[body.type];
  const loaded = body.url === undefined ? { ok: true as const, ...sample } : await load(body.url);
  if (!loaded.ok) return `the file could not be read: ${loaded.reason}`;
  const mime = body.mime ?? loaded.mime;
  const filename = body.filename ?? (body.url === undefined ? sample.filename : undefined);
  const kept = media.put({ mime, filename, bytes: loaded.bytes, account: account.external_id });
  return { ...body, mime, ...(filename && { filename }), url: keptUrl(base, kept.id) };
}

async function open(provider: Provider, phone: Phone, call: Call): Promise<Answer> {
  const { world } = provider;
  const parsed = opening.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return problem(400, 'bad_account', z.prettifyError(parsed.error));
  const account = parsed.data.account === null ? undefined : world.accounts.get(parsed.data.account);
  if (parsed.data.account !== null && !account) return unknownAccount(parsed.data.account);
  world.phones.change(phone, { open: account?.external_id ?? null });
  if (account)
    for (const message of unread(world.phones, phone, account.external_id))
      await provider.seen(account, phone, message);
  return json(200, publicPhone(phone));
}

function unknownAccount(externalId: string): Answer {
  return problem(404, 'unknown_account', `no account ${externalId}`);
}
