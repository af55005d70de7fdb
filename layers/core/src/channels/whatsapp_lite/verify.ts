import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { phoneNumber } from '../../domain/phone-number.ts';
import type { Signer, WebhookRequest } from '../contract.ts';
import { fieldsOf, parseJson, textIn } from '../shared/read.ts';
import { sameSecret, sha256Hex, signedWith } from '../shared/secrets.ts';
import type { Credentials } from './credentials.ts';
import { evolutionToken, holds } from './evolution-token.ts';

/** By the shared secret where it is sent; else by what the body says of the business, which is proved afterwards. */
export function hints(request: WebhookRequest): string[] {
  const secret = request.headers['x-webhook-secret'];
  return secret ? [`secret:${sha256Hex(secret)}`] : [...new Set(hintsOfBody(parseJson(request.body)))];
}

/** However its owner spells its number, it is one. Senders of the system before this one name an account by its suit, so that is a name of it too. */
export function names({ externalId, credentials }: ConnectedAccount<Credentials>): string[] {
  const address = phoneNumber(externalId) ?? externalId;
  return [`secret:${sha256Hex(credentials.webhook_secret)}`, `address:${address}`, ownName(credentials)];
}

function ownName(credentials: Credentials): string {
  switch (credentials.kind) {
    case 'notify':
      return `suit:${credentials.suit_id}`;
    case 'gateway':
      return `session:${credentials.session}`;
    case 'evolution':
      return `instance:${credentials.instance}`;
  }
}

/** The secret itself or a signature made with it. Where a request carries several proofs, each must hold. */
export function verify(request: WebhookRequest, signer: Signer): boolean {
  return signer.secrets.some((secrets) => {
    const proofs = proofsOf(request, secrets['webhook_secret']);
    return proofs.length > 0 && proofs.every(Boolean);
  });
}

/** One result per proof that is there: Parley's own two, WAHA's SHA-512, GOWA's SHA-256 and Evolution's token. */
function proofsOf({ headers, body }: WebhookRequest, secret: string | undefined): boolean[] {
  const proofs = {
    'x-webhook-secret': (given: string) => sameSecret(given, secret),
    'x-parley-signature': (given: string) => signedWith('sha256', secret, body, prefixed(given)),
    'x-webhook-hmac': (given: string) => signedWith('sha512', secret, body, given),
    'x-hub-signature-256': (given: string) => signedWith('sha256', secret, body, prefixed(given)),
  };
  const given = Object.entries(proofs).flatMap(([header, proves]) => {
    const text = headers[header];
    return text === undefined ? [] : [proves(text)];
  });
  const token = evolutionToken(headers['authorization'] ?? '');
  return token ? [...given, holds(token, secret, Date.now())] : given;
}

function prefixed(signature: string): string | undefined {
  return signature.startsWith('sha256=') ? signature.slice('sha256='.length) : undefined;
}

/** The business is `to` of what a customer wrote and `from` of what it wrote itself; either may name it. */
function hintsOfBody(body: unknown): string[] {
  const { to, session, instance, me, device_id, payload } = fieldsOf(Array.isArray(body) ? body[0] : body);
  const inner = fieldsOf(payload);
  const numbers = [fieldsOf(me)['id'], device_id, to, inner['to'], inner['from']];
  const addresses = numbers.flatMap((number) => phoneNumber(textIn(number) ?? '') ?? []);
  const names = Object.entries({ session, instance }).flatMap(([kind, name]) =>
    textIn(name) ? `${kind}:${textIn(name)}` : [],
  );
  return [...names, ...addresses.map((address) => `address:${address}`)];
}
