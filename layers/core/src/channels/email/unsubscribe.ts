import type { WebhookRequest } from '../contract.ts';
import { hmacHex, sameSecret } from '../shared/secrets.ts';
import { addressOf } from './address.ts';

/** The link that ends mail to an address (RFC 8058), made from the webhook's own. */
export function unsubscribeUrl(webhookUrl: string, address: string, secret: string): string {
  const url = new URL(webhookUrl);
  url.pathname = url.pathname.replace('/email-webhook/', '/email-unsubscribe/');
  const name = Buffer.from(address).toString('base64url');
  url.searchParams.set('u', `${name}.${proof(secret, name)}`);
  return url.href;
}

/** Whose link it is; undefined without the proof that it is one of ours. */
export function unsubscriber({ query }: WebhookRequest, secret: string | undefined): string | undefined {
  const [name = '', given, ...rest] = (query.get('u') ?? '').split('.');
  if (!secret || rest.length > 0 || !sameSecret(given, proof(secret, name))) return undefined;
  return addressOf(Buffer.from(name, 'base64url').toString());
}

/** Unproved: whose link it says it is. */
export function claimedUnsubscriber({ query }: WebhookRequest): string | undefined {
  return addressOf(Buffer.from((query.get('u') ?? '').split('.')[0] ?? '', 'base64url').toString());
}

/** What a person sees who opens the link. To look is not to ask: programs that check links look too. */
export function page({ method, query }: WebhookRequest): string | undefined {
  if (!query.has('u')) return undefined;
  return html(
    method === 'GET'
      ? `${said('Stop these emails?', 'إيقاف هذه الرسائل؟')}<form method="post"><button style="font:inherit;padding:.6em 1em" name="List-Unsubscribe" value="One-Click">${TITLE}</button></form>`
      : said('Done. You will get no more of these emails.', 'تم. لن تصلك هذه الرسائل بعد الآن.'),
  );
}

const TITLE = 'Unsubscribe · إلغاء الاشتراك';

function said(english: string, arabic: string): string {
  return `<p>${english}</p><p lang="ar" dir="rtl">${arabic}</p>`;
}

function html(content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${TITLE}</title><body style="font:1.1rem sans-serif;max-width:30rem;margin:15vh auto;padding:0 1rem">${content}</body></html>`;
}

function proof(secret: string, name: string): string {
  return hmacHex('sha256', secret, `unsubscribe\n${name}`).slice(0, 32);
}
