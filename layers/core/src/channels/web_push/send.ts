import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { callProvider, type ProviderAnswer, type Silence } from '../shared/http.ts';
import { never, receiptOfSilence, refusal } from '../shared/receipt.ts';
import { subscriptionOf, type Subscription } from './address.ts';
import type { Credentials } from './credentials.ts';
import { badKeys, receiptOfRefusal } from './errors.ts';
import { isPair, pairsOf, type KeyPair } from './keys.ts';
import { requestOf, type PushRequest } from './request.ts';
import { addressOf } from './services.ts';
import { authorization } from './vapid.ts';

type Account = ConnectedAccount<Credentials>;

const TIMEOUT_MS = 10_000;

/**
 * A push service takes a message for later and reports nothing back: what becomes of it, the site's worker tells by our reference, which is therefore
 * the id that the message is known by outside. Asked again is only what was refused: with less in it where it was too large.
 */
export async function send(outgoing: Outgoing, account: Account): Promise<Receipt> {
  const to = subscriptionOf(outgoing.to);
  if (!to) return refusal(never('invalid', 'not_sendable', 'This recipient has no push subscription.'));
  const url = addressOf(to.endpoint, account.baseUrl);
  if (url === undefined) return refusal(unknownService);
  const whole = prepare(outgoing, to, account, false);
  if ('outcome' in whole) return whole;
  const answer = await ask(url, whole, to, account.credentials);
  const isTooLarge = answer.kind === 'answer' && answer.status === TOO_LARGE && !whole.isShort;
  const short = isTooLarge ? prepare(outgoing, to, account, true) : undefined;
  return short && 'body' in short
    ? concluded(await ask(url, short, to, account.credentials), short, outgoing)
    : concluded(answer, whole, outgoing);
}

const TOO_LARGE = 413;

/** With the site's keys, and where these are not the ones that the subscription was made for, with those it had before. */
async function ask(
  url: string,
  { headers, body }: PushRequest,
  { endpoint }: Subscription,
  { subject, ...keys }: Credentials,
): Promise<ProviderAnswer | Silence> {
  const [pair, ...former] = pairsOf(keys);
  const attempt = (own: KeyPair) => {
    const signed = { ...headers, authorization: authorization(endpoint, { ...own, subject }) };
    return callProvider({ method: 'POST', url, headers: signed, body, timeoutMs: TIMEOUT_MS });
  };
  let answer = await attempt(pair);
  for (const own of former) if (isOfOtherKeys(answer)) answer = await attempt(own);
  return answer;
}

/** A refusal of who signed: the message was not taken. */
function isOfOtherKeys(answer: ProviderAnswer | Silence): boolean {
  return answer.kind === 'answer' && (answer.status === 401 || answer.status === 403);
}

const taken = new Set([200, 201, 202]);

function concluded(answer: ProviderAnswer | Silence, { isShort }: PushRequest, { reference }: Outgoing): Receipt {
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'The push service');
  if (!taken.has(answer.status)) return receiptOfRefusal(answer);
  const receipt: Receipt = { outcome: 'accepted', providerMessageId: reference };
  return isShort ? { ...receipt, detail: 'Sent shortened: the whole was too large for the push service.' } : receipt;
}

const unknownService = never('invalid', 'unknown_push_service', 'The subscription is not at a push service we know.');

/** The keys came from a browser, and those of the account from a person. */
function prepare(outgoing: Outgoing, to: Subscription, account: Account, short: boolean): PushRequest | Receipt {
  if (!pairsOf(account.credentials).every(isPair)) return refusal(badKeys);
  try {
    const request = requestOf(outgoing, to, account, short);
    return request ?? refusal(never('invalid', 'not_sendable', 'A notification can not show this message.'));
  } catch {
    return refusal(never('invalid', 'bad_keys', 'The keys of the subscription are not valid.'));
  }
}
