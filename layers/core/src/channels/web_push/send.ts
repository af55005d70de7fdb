import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { callProvider } from '../shared/http.ts';
import { never, receiptOfSilence, refusal } from '../shared/receipt.ts';
import { subscriptionOf, type Subscription } from './address.ts';
import type { Credentials } from './credentials.ts';
import { receiptOfRefusal } from './errors.ts';
import { requestOf, type PushRequest } from './request.ts';
import { mayAsk } from './services.ts';

const TIMEOUT_MS = 10_000;

/**
 * A push service takes a message for later and reports nothing back: what becomes of it, the site's worker tells by our reference, which is therefore
 * the id that the message is known by outside.
 */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const to = subscriptionOf(outgoing.to);
  if (!to) return refusal(never('invalid', 'not_sendable', 'This recipient has no push subscription.'));
  if (!mayAsk(to.endpoint, account.baseUrl)) return refusal(unknownService);
  const request = prepare(outgoing, to, account);
  if ('outcome' in request) return request;
  const answer = await callProvider({ method: 'POST', ...request, timeoutMs: TIMEOUT_MS });
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'The push service');
  return taken.has(answer.status)
    ? { outcome: 'accepted', providerMessageId: outgoing.reference }
    : receiptOfRefusal(answer);
}

const taken = new Set([200, 201, 202]);

const unknownService = never('invalid', 'unknown_push_service', 'The subscription is not at a push service we know.');

/** The keys came from a browser, and those of the account from a person. */
function prepare(outgoing: Outgoing, to: Subscription, account: ConnectedAccount<Credentials>): PushRequest | Receipt {
  try {
    const request = requestOf(outgoing, to, account);
    return request ?? refusal(never('invalid', 'not_sendable', 'A notification can not show this message.'));
  } catch {
    return refusal(never('invalid', 'bad_keys', 'The keys of the subscription, or of the account, are not valid.'));
  }
}
