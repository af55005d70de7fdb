import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { hasVariants } from '../../domain/phone-number.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import type { ProviderAnswer } from '../shared/http.ts';
import { compact, readAs } from '../shared/read.ts';
import { never, receiptOfSilence, refusal } from '../shared/receipt.ts';
import { stableId } from './address.ts';
import { sent, wahaNumber } from './api.ts';
import { ask, isOk } from './call.ts';
import type { Credentials } from './credentials.ts';
import {
  disconnected,
  isUnexplained,
  notOnWhatsApp,
  receiptOfFailedStatus,
  receiptOfRefusal,
  starting,
} from './errors.ts';
import { requestOf } from './request.ts';
import { sessionState } from './state.ts';
import { valueOf } from './target.ts';
import { wahaNumberCall } from './waha-request.ts';

/** No provider takes an idempotency key: one call per attempt, and the id where the answer has one. */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const to = await addressed(outgoing.to, account);
  if (!to) return refusal(notOnWhatsApp, 'numberExists');
  const call = requestOf({ ...outgoing, to }, account.credentials);
  if (!call)
    return refusal(never('invalid', 'not_sendable', 'This WhatsApp Lite account can not send this to this recipient.'));
  const answer = await ask(account, call);
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'The provider');
  return isOk(answer) ? accepted(answer.json) : explained(answer, account);
}

/** By which digits WhatsApp knows a number that may have others. Undefined: by none. What a gateway does not say is taken as it is. */
async function addressed(to: Counterparty, account: ConnectedAccount<Credentials>): Promise<Counterparty | undefined> {
  const number = valueOf(to, 'phone');
  const isKnown = number === undefined || !hasVariants(number) || valueOf(to, 'wa_id') !== undefined;
  if (isKnown || account.credentials.kind !== 'gateway') return to;
  const answer = await ask(account, wahaNumberCall(number, account.credentials));
  const found = isOk(answer) ? readAs(wahaNumber, answer.json) : undefined;
  if (found?.numberExists === false) return undefined;
  const digits = /^(\d+)@/.exec(found?.chatId ?? '')?.[1];
  return digits === undefined ? to : { ...to, identities: [...to.identities, { kind: 'wa_id', value: digits }] };
}

/** The body of Notify's success is not published, so an answer without an id is a success too. */
function accepted(json: unknown): Receipt {
  const answer = readAs(sent, json);
  if (String(answer?.status).toLowerCase() === 'failed') return receiptOfFailedStatus();
  const id = answer?.messageId ?? answer?.id ?? answer?.key?.id;
  return { outcome: 'accepted', ...compact({ providerMessageId: id === undefined ? undefined : stableId(id) }) };
}

/** Evolution says in words only that its connection is down, so it is asked. */
async function explained(answer: ProviderAnswer, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  if (account.credentials.kind !== 'evolution' || !isUnexplained(answer)) return receiptOfRefusal(answer);
  const session = await sessionState(account);
  if (!session.ok || session.state === 'connected') return receiptOfRefusal(answer);
  return refusal(session.state === 'starting' ? starting : disconnected, String(answer.status));
}
