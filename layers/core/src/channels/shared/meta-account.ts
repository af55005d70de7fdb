import * as v from 'valibot';
import type { Asked, Done, Probe } from '../contract.ts';
import { callGraph, type Graph, type GraphCall, type GraphServer } from './meta-api.ts';
import { doneOf, errorOf } from './meta-errors.ts';
import { listAll, page } from './meta-list.ts';
import { compact, maybe, number, object, readAs } from './read.ts';

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

/** All members of a list that Graph has. */
export function listFromGraph<const T extends v.GenericSchema>(
  graph: GraphServer & { token: string },
  { path, query }: Pick<GraphCall, 'path' | 'query'>,
  member: T,
): Promise<Asked<v.InferOutput<T>[]>> {
  return listAll((more) => askGraph(graph, { path, query: { ...query, ...more } }, page), member);
}

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

/** The application hears of them no more. */
export function unsubscribeFrom(graph: Graph): Promise<Done> {
  return changeSubscription(graph, 'DELETE', {});
}

async function changeSubscription(graph: Graph, method: 'POST' | 'DELETE', query: Record<string, string>) {
  return doneOf(await callGraph(graph, { method, path: subscriptionsOf(graph), query }), graph);
}

const subscriptions = object({ data: v.array(v.unknown()) });

/** Whether we hear of an account, where that could be asked, and what may be said of it. */
export interface WebhookNews {
  unsubscribed?: true;
  facts: Record<string, string>;
}

/** Meta ends a subscription by itself when its webhooks were refused for an hour, and says so to nobody who calls. */
export async function webhookNews(graph: Graph): Promise<WebhookNews> {
  const found = await askGraph(graph, { path: subscriptionsOf(graph) }, subscriptions);
  if (!found.ok) return { facts: {} };
  if (found.value.data.length > 0) return { facts: { webhooks: 'subscribed' } };
  return { unsubscribed: true, facts: { webhooks: 'not subscribed' } };
}

/** How an account does, by who it is, its token and its webhooks. */
export function probed(
  { externalId, name }: { externalId: string; name: string | undefined },
  token: TokenNews,
  webhooks: WebhookNews,
): Probe {
  const facts = { ...token.facts, ...webhooks.facts };
  return { ok: true, externalId, ...compact({ name }), ...token, ...webhooks, facts };
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
