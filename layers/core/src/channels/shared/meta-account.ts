import * as v from 'valibot';
import type { SendError } from '../../domain/status.ts';
import type { Done } from '../contract.ts';
import { callGraph, type Graph, type GraphCall, type GraphServer } from './meta-api.ts';
import { errorOf } from './meta-errors.ts';
import { maybe, number, object, readAs } from './read.ts';

/** What became of a question. */
export type Asked<T> = { ok: true; value: T } | { ok: false; error: SendError };

/** What Graph answers to a question, as a schema reads it. */
export async function askGraph<const T extends v.GenericSchema>(
  graph: GraphServer & { token?: string },
  call: Omit<GraphCall, 'method'>,
  schema: T,
): Promise<Asked<v.InferOutput<T>>> {
  const answer = await callGraph(graph, { method: 'GET', ...call });
  const value = answer.kind === 'answer' && answer.status === 200 ? readAs(schema, answer.json) : undefined;
  return value === undefined ? { ok: false, error: errorOf(answer, graph) } : { ok: true, value };
}

/** Of 100 each; a list that has no end is a mistake. */
const MOST_ANSWERS = 20;

/** All members of a list, answer by answer. */
export async function listAll<const T extends v.GenericSchema>(
  graph: GraphServer & { token: string },
  { path, query }: Pick<GraphCall, 'path' | 'query'>,
  member: T,
): Promise<Asked<v.InferOutput<T>[]>> {
  const all: v.InferOutput<T>[] = [];
  let after: string | undefined;
  for (let answers = 0; answers < MOST_ANSWERS; answers += 1) {
    const part = { ...query, limit: '100', ...(after !== undefined && { after }) };
    const asked = await askGraph(graph, { path, query: part }, page);
    if (!asked.ok) return asked;
    all.push(...asked.value.data.flatMap((one) => readAs(member, one) ?? []));
    after = asked.value.paging?.next === undefined ? undefined : asked.value.paging.cursors?.after;
    if (after === undefined) break;
  }
  return { ok: true, value: all };
}

const text = maybe(v.string());
const page = object({
  data: v.array(v.unknown()),
  paging: maybe(object({ next: text, cursors: maybe(object({ after: text })) })),
});

/** Everything this product reads of a page, in webhooks ("Page subscribed apps"). A page has one list for both products, so both name it whole. */
export const pageFields = [
  'messages',
  'message_echoes',
  'message_edits',
  'message_reactions',
  'message_reads',
  'message_deliveries',
  'messaging_postbacks',
  'messaging_referrals',
  'messaging_optins',
  'messaging_handovers',
  'messaging_policy_enforcement',
  'standby',
];

/** The application hears of these from now on. Where it hears them is a setting of the application. */
export function subscribeTo(graph: Graph, fields: readonly string[]): Promise<Done> {
  return changeSubscription(graph, 'POST', { subscribed_fields: fields.join(',') });
}

export function unsubscribeFrom(graph: Graph): Promise<Done> {
  return changeSubscription(graph, 'DELETE', {});
}

async function changeSubscription(graph: Graph, method: 'POST' | 'DELETE', query: Record<string, string>) {
  const answer = await callGraph(graph, { method, path: subscriptionsOf(graph), query });
  return answer.kind === 'answer' && answer.status === 200
    ? ({ ok: true } as const)
    : ({ ok: false, error: errorOf(answer, graph) } as const);
}

const subscriptions = object({ data: v.array(v.unknown()) });

/** Meta ends a subscription by itself when its webhooks were refused for an hour, and says so to nobody who calls. */
export async function webhookFact(graph: Graph): Promise<Record<string, string>> {
  const found = await askGraph(graph, { path: subscriptionsOf(graph) }, subscriptions);
  return found.ok ? { webhooks: found.value.data.length > 0 ? 'subscribed' : 'not subscribed' } : {};
}

const debugged = object({ data: object({ expires_at: maybe(number), scopes: maybe(v.array(v.string())) }) });

/** When a token runs out (ms), where that is known, and what may be said of it. */
export interface TokenNews {
  expiresAt?: number;
  facts: Record<string, string>;
}

/** When a token runs out and what it may do, as far as Meta tells its bearer. A page's token does not run out: 0. */
export async function tokenNews(graph: Graph): Promise<TokenNews> {
  const found = await askGraph(graph, { path: 'debug_token', query: { input_token: graph.token } }, debugged);
  if (!found.ok) return { facts: {} };
  const { expires_at: seconds = 0, scopes = [] } = found.value.data;
  return {
    ...(seconds > 0 && { expiresAt: seconds * 1000 }),
    facts: scopes.length > 0 ? { permissions: scopes.join(', ') } : {},
  };
}

function subscriptionsOf({ sender }: Graph): string {
  return `${encodeURIComponent(sender)}/subscribed_apps`;
}
