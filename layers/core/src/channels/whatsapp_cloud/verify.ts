import type { Signer, WebhookRequest } from '../contract.ts';
import { signedWith } from '../shared/secrets.ts';

/** `X-Hub-Signature-256`: HMAC-SHA256 of the raw bytes with the app secret. The older SHA-1 header is not looked at. */
export function verify(request: WebhookRequest, signer: Signer): boolean {
  const signature = /^sha256=([0-9a-f]{64})$/.exec(request.headers['x-hub-signature-256'] ?? '')?.[1];
  return signer.secrets.some((secrets) => signedWith('sha256', secrets['app_secret'], request.body, signature));
}
