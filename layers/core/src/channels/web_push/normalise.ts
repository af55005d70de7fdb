import * as v from 'valibot';
import type { Counterparty } from '../../domain/contact.ts';
import type { Element, InboundEvent } from '../contract.ts';
import { compact, elementOf, fieldsOf, type Reading } from '../shared/read.ts';
import { sha256Hex } from '../shared/secrets.ts';
import { identityOf, readSubscription } from './address.ts';
import { bodyOfAction, bodyOfChange } from './body.ts';
import { change, isReceipt, receipt, type Change, type Receipt } from './wire.ts';

/** A receipt of one push, or a subscription that begins or ends. */
export function normalise(payload: unknown): Element[] {
  const readings = isReceipt(fieldsOf(payload)['event']) ? readReceipt(payload) : readChange(payload);
  return readings.map((reading) => elementOf(payload, undefined, () => reading));
}

/** A tap on a button is both the proof that the message was read, and an answer to it. */
function readReceipt(payload: unknown): Reading[] {
  const parsed = v.safeParse(receipt, payload);
  if (!parsed.success) return ['receipt without the id of its push'];
  const { output } = parsed;
  return [
    statusOf(output),
    ...(output.event === 'clicked' && output.action ? [readAction(output, output.action)] : []),
  ];
}

/** A browser's clock may be years off, so what counts is when we hear of it. Whoever closes a notification has got it, and no more is known. */
function statusOf({ event, id }: Receipt): InboundEvent {
  return {
    kind: 'status',
    providerMessageId: id,
    reference: id,
    status: event === 'clicked' ? 'READ' : 'DELIVERED',
    ...(event === 'delivered' ? {} : { detail: event }),
  };
}

function readAction({ id, subscription, first }: Receipt, action: NonNullable<Receipt['action']>): Reading {
  const counterparty = counterpartyOf({ subscription, first });
  if (!counterparty) return 'tap on a button by no subscription we can reach';
  return {
    kind: 'message',
    direction: 'INBOUND',
    providerMessageId: `${id}:${action.id}`,
    counterparty,
    body: bodyOfAction(action),
    replyTo: id,
  };
}

/** Pages tell of a subscription more than once; named by its hash, it is stored once. Whether it can be written to is said of it alone. */
function readChange(payload: unknown): Reading[] {
  const parsed = v.safeParse(change, payload);
  if (!parsed.success) return ['neither a receipt nor a change of a subscription'];
  const { event } = parsed.output;
  const counterparty = counterpartyOf(parsed.output);
  if (!counterparty) return ['subscription that is malformed, or at no push service we know'];
  const current = counterparty.identities.at(-1) ?? counterparty.identities[0];
  return [
    {
      kind: 'message',
      direction: 'INBOUND',
      providerMessageId: `${event}:${sha256Hex(current.value)}`,
      counterparty,
      body: bodyOfChange(event),
    },
    {
      kind: 'reachability',
      counterparty: { identities: [current] },
      reachable: event === 'subscribed',
      why: 'gone',
    },
  ];
}

/** The first subscription stands for the browser through all that follow, so that they stay one conversation. */
function counterpartyOf(told: Pick<Change, 'subscription' | 'first' | 'name'>): Counterparty | undefined {
  const current = readSubscription(told.subscription);
  if (!current) return undefined;
  const now = identityOf(current);
  const original = readSubscription(told.first);
  const before = original && identityOf(original);
  return {
    identities: before && before.value !== now.value ? [before, now] : [now],
    ...compact({ name: told.name }),
  };
}
