import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Asked, Probe } from '../contract.ts';
import { askGraph, probed, tokenNews, webhookNews, type TokenNews } from '../shared/meta-account.ts';
import type { Graph, GraphServer } from '../shared/meta-api.ts';
import { filledText, idText, maybe, object } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';
import { manifest } from './manifest.ts';

type Account = ConnectedAccount<Credentials>;

/** The account as its token, or the token of its page, has it; until when that is good, and whether we hear of the account. */
export async function probe(account: Account): Promise<Probe> {
  const graph = graphOf(account);
  const isPage = account.credentials.login === 'facebook';
  const asked = [isPage ? ofPage(graph) : ownerOf(graph), isPage ? tokenNews(graph) : ownToken(account)] as const;
  const [who, token, webhooks] = await Promise.all([...asked, webhookNews(graph)]);
  return who.ok ? probed(who.value, token, webhooks) : who;
}

interface Who {
  externalId: string;
  name: string | undefined;
}

const professional = object({ user_id: idText, username: maybe(filledText) });

/** Whose an account's own token is. */
export async function ownerOf(graph: GraphServer & { token: string }): Promise<Asked<Who>> {
  const asked = await askGraph(graph, { path: 'me', query: { fields: 'user_id,username' } }, professional);
  if (!asked.ok) return asked;
  const { user_id: externalId, username: name } = asked.value;
  return { ok: true, value: { externalId, name } };
}

const linked = object({ instagram_business_account: object({ id: idText, username: maybe(filledText) }) });

async function ofPage(graph: Graph): Promise<Asked<Who>> {
  const query = { fields: 'instagram_business_account{id,username}' };
  const asked = await askGraph(graph, { path: encodeURIComponent(graph.sender), query }, linked);
  if (!asked.ok) return asked;
  const { id: externalId, username: name } = asked.value.instagram_business_account;
  return { ok: true, value: { externalId, name } };
}

const DAY_MS = 86_400_000;

/** Meta does not say when an account's own token ends: as if it were soon, it is renewed once it is a day old, and then that is known. */
function ownToken({ expiresAt }: Account): TokenNews {
  const soon = Date.now() + DAY_MS + (manifest.renewAheadMs ?? 0);
  return { facts: {}, ...(expiresAt === undefined && { expiresAt: soon }) };
}
