import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { askGraph } from '../shared/meta-account.ts';
import { recipientOf } from '../shared/meta-request.ts';
import { filledText, maybe, object } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';
import { graphOf } from './graph.ts';

const person = object({ name: maybe(v.string()), username: maybe(filledText) });

/** Known only of those who have written ("User profile"). Some have a user name and no other. */
export async function profile(
  who: Counterparty,
  account: ConnectedAccount<Credentials>,
): Promise<{ name?: string } | undefined> {
  const id = recipientOf(who, 'igsid')?.id;
  if (id === undefined) return undefined;
  const call = { path: encodeURIComponent(id), query: { fields: 'name,username' } };
  const asked = await askGraph(graphOf(account), call, person);
  const name = asked.ok ? asked.value.name?.trim() || asked.value.username : undefined;
  return name === undefined ? undefined : { name };
}
