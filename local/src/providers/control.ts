import type { ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { controlPhones } from './control-phones.ts';
import { faultSchema } from './faults.ts';
import { empty, file, json, partsOf, problem, write, type Answer, type Call } from './http.ts';
import { parseJson } from '../json.ts';
import type { Provider } from './provider.ts';

const areas = new Set(['requests', 'webhooks', 'faults', 'accounts', 'phones', 'files', 'events']);

/** True for paths that steer the pretend provider and are no part of its API. */
export function isControl(path: string): boolean {
  return areas.has(partsOf(path)[0] ?? '');
}

/** Answers a control call. `GET /events` keeps the response. */
export async function control(provider: Provider, call: Call, response: ServerResponse): Promise<void> {
  if (call.method === 'GET' && call.path === '/events') return provider.world.events.subscribe(response);
  write(response, await answer(provider, call));
}

async function answer(provider: Provider, call: Call): Promise<Answer> {
  const [area, ...rest] = partsOf(call.path);
  switch (area) {
    case 'requests':
      return list(call, provider.world.requests);
    case 'webhooks':
      return list(call, provider.world.deliveries);
    case 'faults':
      return faults(provider, call);
    case 'accounts':
      return accounts(provider, call, rest);
    case 'files':
      return keptFile(provider, rest[0] ?? '');
    case 'phones':
      return controlPhones(provider, call, rest);
    default:
      return problem(404, 'not_found', `nothing at ${call.path}`);
  }
}

function list(call: Call, log: { list(): readonly unknown[]; clear(): void }): Answer {
  if (call.method === 'GET') return json(200, log.list());
  if (call.method !== 'DELETE') return notAllowed(call);
  log.clear();
  return empty(204);
}

async function faults(provider: Provider, call: Call): Promise<Answer> {
  const { faults, deliveries, receipts } = provider.world;
  if (call.method === 'GET') return json(200, faults.list());
  if (call.method === 'DELETE') {
    faults.clear();
    deliveries.release();
    await receipts.release();
    return empty(204);
  }
  if (call.method !== 'POST') return notAllowed(call);
  const parsed = faultSchema.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return problem(400, 'bad_fault', z.prettifyError(parsed.error));
  faults.add(parsed.data);
  if (parsed.data.hold_receipts === false) await receipts.release();
  return json(201, parsed.data);
}

async function accounts(provider: Provider, call: Call, [externalId, verb]: string[]): Promise<Answer> {
  const all = [...provider.world.accounts.values()];
  if (externalId === undefined) {
    return json(
      200,
      all.map(({ external_id, name, organization }) => ({ external_id, name, organization })),
    );
  }
  const account = provider.world.accounts.get(externalId);
  if (!account) return problem(404, 'unknown_account', `no account ${externalId}`);
  if (call.method !== 'POST' || verb === undefined) return notAllowed(call);
  const answered = await provider.control(account, verb, parseJson(call.body.toString('utf8')));
  return answered ?? problem(404, 'not_found', `accounts of ${provider.world.name} have no ${verb}`);
}

/** The bytes of a file as the phones page shows it. */
function keptFile(provider: Provider, id: string): Answer {
  const kept = provider.world.media.get(id);
  return kept ? file(kept.mime, kept.bytes) : problem(404, 'not_found', `no file ${id}`);
}

function notAllowed(call: Call): Answer {
  return problem(405, 'method_not_allowed', `${call.method} is not allowed on ${call.path}`);
}
