import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { askGraph } from '../shared/meta-account.ts';
import type { Graph } from '../shared/meta-api.ts';
import { recipientOf } from '../shared/meta-request.ts';
import { idText, maybe, object } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';

const person = object({ first_name: maybe(v.string()), last_name: maybe(v.string()) });

/** Some people's profiles are closed to the page; then the conversation names who takes part in it ("User profile"). */
export async function profile(
  who: Counterparty,
  account: ConnectedAccount<Credentials>,
): Promise<{ name?: string } | undefined> {
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
