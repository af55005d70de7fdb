import type { Counterparty } from '../../domain/contact.ts';

/** How a gateway names the chat, or undefined when the counterparty is not on WhatsApp. */
export function chatIdOf(to: Counterparty): string | undefined {
  const digits = digitsOf(to);
  return valueOf(to, 'group') ?? (digits === undefined ? valueOf(to, 'lid') : `${digits}@c.us`);
}

/** The number without its `+`, as Notify takes it: as WhatsApp itself writes it, where that is known. */
export function digitsOf(to: Counterparty): string | undefined {
  return valueOf(to, 'wa_id') ?? valueOf(to, 'phone')?.slice(1);
}

export function valueOf(to: Counterparty, kind: string): string | undefined {
  return to.identities.find((identity) => identity.kind === kind)?.value;
}
