import * as v from 'valibot';
import { maybe, object } from '../shared/read.ts';

const text = v.custom<string>((value) => typeof value === 'string' && value !== '' && value.length <= 256);

const receipts = ['delivered', 'clicked', 'closed'] as const;

/** What becomes of one push, as the service worker tells it. `id` is the reference we sent along. */
export const receipt = object({
  event: v.picklist(receipts),
  id: text,
  /** the button that was tapped */
  action: maybe(object({ id: text, title: text })),
  subscription: v.optional(v.unknown()),
  first: v.optional(v.unknown()),
});

/** What the site's page tells when a customer begins or ends a subscription, and the worker when the browser renews one. */
export const change = object({
  event: v.picklist(['subscribed', 'unsubscribed']),
  subscription: v.unknown(),
  /** the browser's first subscription at this site, where it has had others since */
  first: v.optional(v.unknown()),
  /** what the customer is called on the site, or the kind of browser */
  name: maybe(text),
});

export type Receipt = v.InferOutput<typeof receipt>;
export type Change = v.InferOutput<typeof change>;

/** Whether an event is of a push that we sent. */
export function isReceipt(event: unknown): boolean {
  return receipts.some((each) => each === event);
}
