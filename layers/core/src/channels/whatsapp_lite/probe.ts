import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Probe } from '../contract.ts';
import type { Credentials } from './credentials.ts';
import { sessionState } from './state.ts';

/** How a gateway's session does. Of Notify nothing can be learnt without sending something. */
export async function probe(account: ConnectedAccount<Credentials>): Promise<Probe> {
  if (account.credentials.kind === 'notify')
    return { ok: true, facts: { checked: 'no: Appgain Notify can’t be asked' } };
  const session = await sessionState(account);
  if (!session.ok) return session;
  const { state, ...rest } = session;
  return { ...rest, session: state };
}
