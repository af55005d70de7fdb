import type { Signer, WebhookRequest } from '../contract.ts';
import { sameSecret, signedWith } from '../shared/secrets.ts';

/** Nothing to look up: the application signs for every account. */
export function hints(): string[] {
  return [];
}

/** `X-Hub-Signature-256`: HMAC-SHA256 of the raw bytes with the app secret. The older SHA-1 header is not looked at. */
export function verify(request: WebhookRequest, signer: Signer): boolean {
  const signature = /^sha256=([0-9a-f]{64})$/.exec(request.headers['x-hub-signature-256'] ?? '')?.[1];
  return signer.secrets.some((secrets) => signedWith('sha256', secrets['app_secret'], request.body, signature));
}

/** The challenge is echoed only when it can be nothing but a token, because it is reflected to whoever asks. */
export function handshake(request: WebhookRequest, signer: Signer): string | undefined {
  const token = request.query.get('hub.verify_token') ?? undefined;
  const challenge = request.query.get('hub.challenge') ?? '';
  if (request.query.get('hub.mode') !== 'subscribe' || !/^[A-Za-z0-9_-]{1,200}$/.test(challenge)) return undefined;
  return signer.secrets.some((secrets) => sameSecret(token, secrets['verify_token'])) ? challenge : undefined;
}
