import type { Identity } from '../../domain/contact.ts';
import type { MediaLocation, Signer, WebhookRequest } from '../contract.ts';
import { sameSecret, signedWith } from './secrets.ts';

/** Nothing to look up: the application signs for every account. */
export function hints(): string[] {
  return [];
}

/** Webhooks name an account by its id. */
export function names({ externalId }: { externalId: string }): string[] {
  return [`address:${externalId}`];
}

/**
 * `X-Hub-Signature-256`: HMAC-SHA256 of the raw bytes with an app secret. An app may have more than one: two while they
 * are being changed, and Instagram's own beside Meta's. The older SHA-1 header is not looked at.
 */
export function verify(request: WebhookRequest, signer: Signer): boolean {
  const signature = /^sha256=([0-9a-f]{64})$/.exec(request.headers['x-hub-signature-256'] ?? '')?.[1];
  const keys = signer.secrets.flatMap((secrets) => [secrets['app_secret'], secrets['instagram_app_secret']]);
  return keys.some((key) => signedWith('sha256', key, request.body, signature));
}

/** The challenge is echoed only when it can be nothing but a token, because it is reflected to whoever asks. */
export function handshake(request: WebhookRequest, signer: Signer): string | undefined {
  const token = request.query.get('hub.verify_token') ?? undefined;
  const challenge = request.query.get('hub.challenge') ?? '';
  if (request.query.get('hub.mode') !== 'subscribe' || !/^[A-Za-z0-9_-]{1,200}$/.test(challenge)) return undefined;
  return signer.secrets.some((secrets) => sameSecret(token, secrets['verify_token'])) ? challenge : undefined;
}

/** Ids that Meta gives a person for one page or account are digits; a phone number with its `+` is none of them. */
export function scopedId(kind: 'psid' | 'igsid', text: string): Identity | undefined {
  const value = text.trim();
  return /^\d{10,25}$/.test(value) ? { kind, value } : undefined;
}

/** A file's link is signed and needs no token, so none is sent there. It ends after a time, and no other can be had. */
export function locateByLink({ link }: { link?: string }, label: string): MediaLocation {
  if (!link) return { ok: false, permanent: true, reason: 'the file has no link' };
  if (!URL.canParse(link)) return { ok: false, permanent: true, reason: `${label} gave a link that is not an address` };
  return { ok: true, url: link, headers: {} };
}
