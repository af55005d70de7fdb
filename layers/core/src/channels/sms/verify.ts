import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Signer, WebhookRequest } from '../contract.ts';
import { isOurs, readQuery } from './callback.ts';
import type { Credentials } from './credentials.ts';

/** The address we give out names the account. */
export function hints(): string[] {
  return [];
}

/** Its external id, and the suit that Notify sends for. */
export function names(account: ConnectedAccount<Credentials>): string[] {
  const { credentials, externalId } = account;
  return [`address:${externalId}`, ...(credentials.kind === 'notify' ? [`suit:${credentials.suit_id}`] : [])];
}

/** Nobody signs a delivery report: the token in the address it is sent to proves that we gave that address out. */
export function verify(request: WebhookRequest, signer: Signer): boolean {
  const query = readQuery(request.query);
  return signer.secrets.some((secrets) => isOurs(query, secrets['dlr_secret']));
}
