import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import type { Action, Done, Probe } from '../contract.ts';
import {
  askGraph,
  pageFields,
  subscribeTo,
  tokenNews,
  unsubscribeFrom,
  webhookFact,
  type Asked,
  type TokenNews,
} from '../shared/meta-account.ts';
import { actOnGraph } from '../shared/meta-act.ts';
import type { Graph } from '../shared/meta-api.ts';
import { recipientOf } from '../shared/meta-request.ts';
import { filledText, idText, maybe, object } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';
import { manifest } from './manifest.ts';

type Account = ConnectedAccount<Credentials>;

export const professional = object({ user_id: idText, username: maybe(filledText) });
const linked = object({ instagram_business_account: object({ id: idText, username: maybe(filledText) }) });

/** The account as its token, or the token of its page, has it; until when that is good, and whether we hear of the account. */
export async function probe(account: Account): Promise<Probe> {
  const graph = graphOf(account);
  const isPage = account.credentials.login === 'facebook';
  const asked = [isPage ? ofPage(graph) : ofAccount(graph), isPage ? tokenNews(graph) : ownToken(account)] as const;
  const [who, token, webhooks] = await Promise.all([...asked, webhookFact(graph)]);
  if (!who.ok) return who;
  const { id: externalId, username: name } = who.value;
  return {
    ok: true,
    externalId,
    ...(name !== undefined && { name }),
    ...token,
    facts: { ...token.facts, ...webhooks },
  };
}

const DAY_MS = 86_400_000;

/** Meta does not say when an account's own token ends: as if it were soon, it is renewed once it is a day old, and then that is known. */
function ownToken({ expiresAt }: Account): TokenNews {
  const soon = Date.now() + DAY_MS + (manifest.renewAheadMs ?? 0);
  return { facts: {}, ...(expiresAt === undefined && { expiresAt: soon }) };
}

type Who = Asked<{ id: string; username: string | undefined }>;

async function ofAccount(graph: Graph): Promise<Who> {
  const asked = await askGraph(graph, { path: 'me', query: { fields: 'user_id,username' } }, professional);
  return asked.ok ? { ok: true, value: { id: asked.value.user_id, username: asked.value.username } } : asked;
}

async function ofPage(graph: Graph): Promise<Who> {
  const query = { fields: 'instagram_business_account{id,username}' };
  const asked = await askGraph(graph, { path: encodeURIComponent(graph.sender), query }, linked);
  if (!asked.ok) return asked;
  const { id, username } = asked.value.instagram_business_account;
  return { ok: true, value: { id, username } };
}

/** The fields whose names Meta's pages agree on: an account is heard of by all that the application has in its dashboard. */
const fields = [
  'messages',
  'message_edits',
  'message_reactions',
  'messaging_seen',
  'messaging_postbacks',
  'messaging_optins',
  'messaging_handover',
  'standby',
];

/** A page is heard of for both products at once. */
export function subscribe(account: Account): Promise<Done> {
  return subscribeTo(graphOf(account), account.credentials.login === 'facebook' ? pageFields : fields);
}

/** A page stays subscribed: its Messenger conversations may still be wanted. */
export async function unsubscribe(account: Account): Promise<Done> {
  return account.credentials.login === 'facebook' ? { ok: true } : unsubscribeFrom(graphOf(account));
}

export function act(action: Action, account: Account): Promise<Done> {
  return actOnGraph(graphOf(account), action, 'igsid');
}

const person = object({ name: maybe(v.string()), username: maybe(filledText) });

/** Known only of those who have written ("User profile"). Some have a user name and no other. */
export async function profile(who: Counterparty, account: Account): Promise<{ name?: string } | undefined> {
  const id = recipientOf(who, 'igsid')?.id;
  if (id === undefined) return undefined;
  const call = { path: encodeURIComponent(id), query: { fields: 'name,username' } };
  const asked = await askGraph(graphOf(account), call, person);
  const name = asked.ok ? asked.value.name?.trim() || asked.value.username : undefined;
  return name === undefined ? undefined : { name };
}
