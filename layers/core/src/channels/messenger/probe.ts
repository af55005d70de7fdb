import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Probe } from '../contract.ts';
import { askGraph, probed, tokenNews, webhookNews } from '../shared/meta-account.ts';
import { filledText, idText, maybe, object } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';

const page = object({ id: idText, name: maybe(filledText) });

/** The page as its token has it, until when that is good, and whether we hear of the page. */
export async function probe(account: ConnectedAccount<Credentials>): Promise<Probe> {
  const graph = graphOf(account);
  const me = askGraph(graph, { path: 'me', query: { fields: 'id,name' } }, page);
  const [who, token, webhooks] = await Promise.all([me, tokenNews(graph), webhookNews(graph)]);
  if (!who.ok) return who;
  const { id: externalId, name } = who.value;
  return probed({ externalId, name }, token, webhooks);
}
