import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { compact } from '../shared/read.ts';
import { ask, isOk, toWaha, type Call } from './call.ts';
import type { Credentials } from './credentials.ts';
import { groupNameIn } from './group-name.ts';

/** Messages of a group do not say what it is called, so its gateway is asked once. People's names come with what they write. */
export async function profile(
  { identities: [{ kind, value }] }: Counterparty,
  account: ConnectedAccount<Credentials>,
): Promise<{ name?: string } | 'later' | undefined> {
  const call = kind === 'group' ? groupCall(value, account.credentials) : undefined;
  if (!call) return undefined;
  const answer = await ask(account, call);
  if (answer.kind !== 'answer' || answer.status >= 500) return 'later';
  return isOk(answer) ? compact({ name: groupNameIn(answer.json) }) : undefined;
}

/** Notify can't be asked. */
function groupCall(id: string, credentials: Credentials): Call | undefined {
  switch (credentials.kind) {
    case 'notify':
      return undefined;
    case 'gateway':
      return toWaha(credentials, {
        method: 'GET',
        path: [credentials.session, 'groups', id].map(encodeURIComponent).join('/'),
      });
    case 'evolution': {
      const path = `group/findGroupInfos/${encodeURIComponent(credentials.instance)}`;
      const query = new URLSearchParams({ groupJid: id }).toString();
      return { method: 'GET', path: `${path}?${query}`, headers: { apikey: credentials.api_key } };
    }
  }
}
