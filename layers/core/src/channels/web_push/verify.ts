import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Signer, WebhookRequest } from '../contract.ts';
import { fieldsOf, parseJson, textIn } from '../shared/read.ts';
import { sameSecret } from '../shared/secrets.ts';
import { readSubscription } from './address.ts';
import type { Credentials } from './credentials.ts';
import { pairsOf } from './keys.ts';
import { tokenOf } from './token.ts';
import { isReceipt } from './wire.ts';

/** Where the path names no account, the key that the site subscribes with does. */
export function hints(request: WebhookRequest): string[] {
  const key = textIn(fieldsOf(parseJson(request.body))['key']);
  return key && /^B[\w-]{86}$/.test(key) ? [`key:${key}`] : [];
}

/** Its public keys, and its external id. */
export function names(account: ConnectedAccount<Credentials>): string[] {
  return [...pairsOf(account.credentials).map((pair) => `key:${pair.public_key}`), `address:${account.externalId}`];
}

/**
 * A receipt proves itself by the token of its push; a subscription by the account's public key (or, on a page that is not renewed yet, a former one), from a page of an origin that may subscribe. As that
 * key is no secret, what brings it leaves a trace only when it is a subscription.
 */
export function verify(request: WebhookRequest, signer: Signer): boolean {
  const body = fieldsOf(parseJson(request.body));
  return signer.secrets.some((secrets) =>
    isReceipt(body['event']) ? isFromRecipient(body, secrets) : isFromSite(body, request.headers['origin'], secrets),
  );
}

function isFromRecipient(body: Record<string, unknown>, secrets: Record<string, string>): boolean {
  const id = textIn(body['id']);
  const secret = secrets['webhook_secret'];
  return id !== undefined && !!secret && sameSecret(textIn(body['token']), tokenOf(id, secret));
}

function isFromSite(
  body: Record<string, unknown>,
  origin: string | undefined,
  { origins = '', ...keys }: Record<string, string>,
): boolean {
  const key = textIn(body['key']);
  const mayTell = pairsOf(keys).some((pair) => sameSecret(key, pair.public_key)) && origin !== undefined;
  return mayTell && origins.split(' ').includes(origin) && readSubscription(body['subscription']) !== undefined;
}
