import * as v from 'valibot';
import { object, oneOf, text, texts, whole } from './fields.ts';

/** How long after the customer's last message a business may write freely, and what goes after that; what a person writes goes under a tag until `tagHours`. */
export interface SendWindow {
  hours: number;
  /** so many messages, at most */
  messages?: number;
  after: 'template' | 'tag' | 'nothing';
  tagHours?: number;
}

const HOUR_MS = 3_600_000;

/** A message that nobody's window opens for is held so long, unless told otherwise. */
const HOLD_HOURS = 7 * 24;

/** The provider counts from its own clock: what is as near as this to the end is left to it. */
const CLOCK_SLACK_MS = 5000;

const policies = {
  refuse: oneOf(['refuse', 'hold']),
  hold: object({ hold: object({ hours: whole(1, 30 * 24) }) }),
  template: object({
    template: object({ name: text(1, 512), language: text(1, 16), parameters: v.optional(texts) }),
  }),
};

/**
 * What becomes of a message whose customer's window has closed: it is refused, it is held until the customer writes again, or a template that
 * the provider has approved goes in its place.
 */
export const windowPolicy = v.lazy((value) => policies[kindOf(value)]);

/** What `windowPolicy` reads. */
export type WindowPolicy =
  | 'refuse'
  | 'hold'
  | { hold: { hours: number } }
  | { template: { name: string; language: string; parameters?: string[] | Record<string, string> | undefined } };

/** Until when (ms) a business may write freely, by when the customer last wrote; undefined: the customer never did. */
export function windowEnd({ hours }: Pick<SendWindow, 'hours'>, lastInboundAt: number | undefined): number | undefined {
  return lastInboundAt === undefined ? undefined : lastInboundAt + hours * HOUR_MS;
}

/** Whether a business may write freely now. */
export function isWindowOpen(
  window: Pick<SendWindow, 'hours'>,
  lastInboundAt: number | undefined,
  now: number,
): boolean {
  return (windowEnd(window, lastInboundAt) ?? 0) > now;
}

/** Whether a window has closed for good, as far as we know. Where the customer never wrote to us, the provider knows better. */
export function isClosed(
  { hours, after, tagHours }: SendWindow,
  { lastInboundAt, now, byPerson }: { lastInboundAt: number | undefined; now: number; byPerson?: true | undefined },
): boolean {
  const end = windowEnd({ hours: after === 'tag' && byPerson ? (tagHours ?? hours) : hours }, lastInboundAt);
  return end !== undefined && now > end + CLOCK_SLACK_MS;
}

/** For how long (ms) a policy holds a message, if it does. */
export function holdOf(policy: WindowPolicy): number | undefined {
  if (policy === 'hold') return HOLD_HOURS * HOUR_MS;
  return typeof policy === 'object' && 'hold' in policy ? policy.hold.hours * HOUR_MS : undefined;
}

function kindOf(value: unknown): keyof typeof policies {
  if (typeof value !== 'object' || value === null) return 'refuse';
  return 'hold' in value ? 'hold' : 'template';
}
