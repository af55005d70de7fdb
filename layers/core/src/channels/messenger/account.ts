import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import type { Action, Done, Probe } from '../contract.ts';
import { askGraph, pageFields, subscribeTo, tokenNews, unsubscribeFrom, webhookFact } from '../shared/meta-account.ts';
import { actOnGraph } from '../shared/meta-act.ts';
import type { Graph } from '../shared/meta-api.ts';
import { recipientOf } from '../shared/meta-request.ts';
import { filledText, idText, maybe, object } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';

type Account = ConnectedAccount<Credentials>;

const page = object({ id: idText, name: maybe(filledText) });

/** The page as its token has it, until when that is good, and whether we hear of the page. */
export async function probe(account: Account): Promise<Probe> {
  const graph = graphOf(account);
  const asked = [askGraph(graph, { path: 'me', query: { fields: 'id,name' } }, page), tokenNews(graph)] as const;
  const [me, token, webhooks] = await Promise.all([...asked, webhookFact(graph)]);
  if (!me.ok) return me;
  const { id: externalId, name } = me.value;
  return {
    ok: true,
    externalId,
    ...(name !== undefined && { name }),
    ...token,
    facts: { ...token.facts, ...webhooks },
  };
}

export function subscribe(account: Account): Promise<Done> {
  return subscribeTo(graphOf(account), pageFields);
}

export function unsubscribe(account: Account): Promise<Done> {
  return unsubscribeFrom(graphOf(account));
}

export function act(action: Action, account: Account): Promise<Done> {
  return actOnGraph(graphOf(account), action, 'psid');
}

const person = object({ first_name: maybe(v.string()), last_name: maybe(v.string()) });

/** Some people's profiles are closed to the page; then the conversation names who takes part in it ("User profile"). */
export async function profile(who: Counterparty, account: Account): Promise<{ name?: string } | undefined> {
  const id = recipientOf(who, 'psid')?.id;
  if (id === undefined) return undefined;
  const graph = graphOf(account);
  const query = { fields: 'first_name,last_name' };
  const asked = await askGraph(graph, { path: encodeURIComponent(id), query }, person);
  const names = asked.ok ? [asked.value.first_name, asked.value.last_name] : [await participant(graph, id)];
  const name = names.filter(Boolean).join(' ');
  return name === '' ? undefined : { name };
}

const conversations = object({
  data: v.array(object({ participants: object({ data: v.array(object({ id: idText, name: maybe(v.string()) })) }) })),
});

async function participant(graph: Graph, id: string): Promise<string | undefined> {
  const path = `${encodeURIComponent(graph.sender)}/conversations`;
  const asked = await askGraph(graph, { path, query: { user_id: id, fields: 'participants' } }, conversations);
  const people = asked.ok ? asked.value.data.flatMap(({ participants }) => participants.data) : [];
  return people.find((one) => one.id === id)?.name;
}
