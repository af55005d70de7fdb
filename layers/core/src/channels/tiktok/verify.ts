import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Signer, WebhookRequest } from '../contract.ts';
import { signedWith } from '../shared/secrets.ts';

/** Either way. Whether a retry is signed anew is not documented, so this is wide; a redelivery meets the message it brought before. */
const TOLERANCE_S = 300;

/** Nothing to look up: the application signs for every account. */
export function hints(): string[] {
  return [];
}

/** Webhooks name an account by its id. */
export function names(account: Pick<ConnectedAccount, 'externalId'>): string[] {
  return [`address:${account.externalId}`];
}

/** Signed by the application, just now. */
export function verify(request: WebhookRequest, signer: Signer): boolean {
  return verifyAt(request, signer, Date.now());
}

/** `Tiktok-Signature: t=<s>,s=<hex>`: HMAC-SHA256 of `t`, a dot and the raw bytes, with the app's secret. `now` is in ms. */
export function verifyAt({ headers, body }: WebhookRequest, signer: Signer, now: number): boolean {
  const { t, s } = partsOf(headers['tiktok-signature'] ?? '');
  if (t === undefined || !/^\d{1,12}$/.test(t) || Math.abs(now / 1000 - Number(t)) > TOLERANCE_S) return false;
  const signed = Buffer.concat([Buffer.from(`${t}.`), body]);
  return signer.secrets.some((secrets) => signedWith('sha256', secrets['client_secret'], signed, s));
}

function partsOf(header: string): Record<string, string | undefined> {
  return Object.fromEntries(
    header.split(',').map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name.trim(), value.join('=').trim()];
    }),
  );
}
