import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Signer, WebhookRequest } from '../contract.ts';
import { readAs } from '../shared/read.ts';
import { signedWith } from '../shared/secrets.ts';
import { addressOf, partsOf } from './address.ts';
import type { Credentials } from './credentials.ts';
import { accountIn } from './ids.ts';
import { namesOf } from './names.ts';
import { parse } from './parse.ts';
import { unsubscriber } from './unsubscribe.ts';
import { delivery } from './wire.ts';

/** A signature older or newer than this may be one that somebody kept. */
const TOLERANCE_S = 300;

/** `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 over `<t>.<body>` with the account's webhook secret. */
const HEADER = 'x-parley-signature';

/** By whom the mail is for. */
export function hints(request: WebhookRequest): string[] {
  const to = readAs(delivery, parse(request))?.envelope.to ?? [];
  return [...new Set(to.slice(0, 10).flatMap(namesOf))];
}

/** Its addresses, and what each is without a tag: mail to an address with a tag is mail to the one without, and the other way round. An alias is of the account in it. */
export function names(account: ConnectedAccount<Credentials>): string[] {
  const all = addressesOf(account).flatMap((address) => {
    const { base, domain } = partsOf(address);
    return [`address:${address}`, ...(accountIn(address) === undefined ? [`shared:${base}@${domain}`] : [])];
  });
  return [...new Set(all)];
}

/** Every address that is the account's own, each once. */
export function addressesOf({ externalId, credentials }: ConnectedAccount<Credentials>): string[] {
  const { from, inbound_address, bounce_address } = credentials;
  const all = [externalId, from, inbound_address, bounce_address].map((each) => addressOf(each ?? ''));
  return [...new Set(all.filter((each) => each !== undefined))];
}

/** A signature over time and body, or the proof in a link that ends such mail. */
export function verify(request: WebhookRequest, signer: Signer): boolean {
  return signer.secrets.some(({ webhook_secret }) =>
    request.query.has('u')
      ? unsubscriber(request, webhook_secret) !== undefined
      : request.method === 'POST' && isSigned(request, webhook_secret),
  );
}

function isSigned({ headers, body }: WebhookRequest, secret: string | undefined): boolean {
  const [, time = '', signature] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(headers[HEADER] ?? '') ?? [];
  const isFresh = Math.abs(Date.now() / 1000 - Number(time)) <= TOLERANCE_S;
  return (
    time !== '' && isFresh && signedWith('sha256', secret, Buffer.concat([Buffer.from(`${time}.`), body]), signature)
  );
}
