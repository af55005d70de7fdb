import type { Action, Done } from '../contract.ts';
import { callGraph, type Graph } from './meta-api.ts';
import { doneOf } from './meta-errors.ts';
import { recipientOf } from './meta-request.ts';
import { never, sendErrorOf } from './receipt.ts';

/** What Meta calls the actions it has ("Sender actions"): of what was sent, nothing can be changed. */
const names: { [kind in Action['kind']]?: string } = { typing: 'typing_on', read: 'mark_seen' };

/** Shows the customer that someone writes, or that what they wrote has been read. */
export async function actOnGraph(graph: Graph, action: Action, identity: 'psid' | 'igsid'): Promise<Done> {
  const recipient = recipientOf(action.to, identity);
  const name = names[action.kind];
  if (!recipient || !name) return notPossible(graph.label);
  const answer = await callGraph(graph, {
    method: 'POST',
    path: `${encodeURIComponent(graph.sender)}/messages`,
    body: JSON.stringify({ recipient, sender_action: name }),
  });
  return doneOf(answer, graph);
}

function notPossible(label: string): Done {
  const impossible = never('invalid', 'not_possible', `${label} has no way to do this for this customer.`);
  return { ok: false, error: sendErrorOf(impossible) };
}
