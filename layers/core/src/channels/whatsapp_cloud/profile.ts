import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { filledText, object } from '../shared/read.ts';
import { ask, pathOf } from './call.ts';
import type { Credentials } from './credentials.ts';

/** Messages of a group do not say what it is called ("Groups API", get group info). People's names come with what they write. */
export async function profile(
  { identities: [{ kind, value }] }: Counterparty,
  account: ConnectedAccount<Credentials>,
): Promise<{ name?: string } | 'later' | undefined> {
  if (kind !== 'group') return undefined;
  const call = { method: 'GET', path: pathOf(value), query: { fields: 'subject' } } as const;
  const asked = await ask(account, call, object({ subject: filledText }));
  if (asked.ok) return { name: asked.value.subject };
  return asked.error.class === 'provider_down' || asked.error.class === 'rate_limited' ? 'later' : undefined;
}
