import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Signer, WebhookRequest } from '../contract.ts';
import { sameSecret, sha256Hex } from '../shared/secrets.ts';
import type { Credentials } from './credentials.ts';

const HEADER = 'x-telegram-bot-api-secret-token';

/** Telegram signs nothing; it sends back the secret we gave with `setWebhook`, by whose hash the account is found. */
export function hints(request: WebhookRequest): string[] {
  const token = request.headers[HEADER];
  return token ? [`secret:${sha256Hex(token)}`] : [];
}

/** The hash of its secret, and the bot's id. */
export function names(account: ConnectedAccount<Credentials>): string[] {
  return [`secret:${sha256Hex(account.credentials.secret_token)}`, `address:${account.externalId}`];
}

/** The secret comes back as it was given. */
export function verify(request: WebhookRequest, signer: Signer): boolean {
  return signer.secrets.some((secrets) => sameSecret(request.headers[HEADER], secrets['secret_token']));
}
