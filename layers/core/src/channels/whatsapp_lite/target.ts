import type { Counterparty } from '../../domain/contact.ts';
import { whatsAppDigits } from '../../domain/phone-number.ts';

/** How a gateway names the chat, or undefined when the counterparty is not on WhatsApp. */
export function chatIdOf(to: Counterparty): string | undefined {
  const digits = whatsAppDigits(to);
  return valueOf(to, 'group') ?? (digits === undefined ? valueOf(to, 'lid') : `${digits}@c.us`);
}

/** The counterparty's identity of a kind. */
export function valueOf(to: Counterparty, kind: string): string | undefined {
  return to.identities.find((identity) => identity.kind === kind)?.value;
}
