import type { Body } from '../../domain/body.ts';
import type { Change, Receipt } from './wire.ts';

const lines: Record<Change['event'], string> = {
  subscribed: 'Subscribed to notifications',
  unsubscribed: 'Unsubscribed from notifications',
};

/** A customer who subscribes has said nothing yet; the conversation begins with the fact. */
export function bodyOfChange(event: Change['event']): Body {
  return { type: 'system', event, text: lines[event] };
}

/** A tap on one of a notification's buttons is the customer's answer. */
export function bodyOfAction({ id, title }: NonNullable<Receipt['action']>): Body {
  return { type: 'interactive', interactive: { kind: 'reply', id, title } };
}
