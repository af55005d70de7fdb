import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { sendToGraph } from '../shared/meta-send.ts';
import type { Credentials } from './credentials.ts';
import { failures } from './errors.ts';
import { manifest } from './manifest.ts';
import { requestOf } from './request.ts';

const FACEBOOK = 'https://graph.facebook.com';

/** As the account itself, or, where a login with Facebook gave the token, as the page it is linked to: on another host. */
export function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const { credentials, externalId, baseUrl } = account;
  const page = credentials.login === 'facebook' ? credentials.page_id : undefined;
  return sendToGraph({
    label: manifest.label,
    baseUrl: page !== undefined && baseUrl === manifest.baseUrl ? FACEBOOK : baseUrl,
    sender: page ?? externalId,
    token: credentials.access_token,
    request: requestOf(outgoing, credentials.login),
    failures,
  });
}
