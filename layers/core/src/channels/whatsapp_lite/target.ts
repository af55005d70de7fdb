import type { Counterparty } from '../../domain/contact.ts';

/** How a gateway names the chat, or undefined when the counterparty is not on WhatsApp. */
export function chatIdOf(to: Counterparty): string | undefined {
  const found = (['group', 'phone', 'lid'] as const)
    .map((kind) => to.identities.find((identity) => identity.kind === kind))
    .find((identity) => identity !== undefined);
  return found?.kind === 'phone' ? `${found.value.slice(1)}@c.us` : found?.value;
}

/** The number without its `+`, as Notify takes it. */
export function digitsOf(to: Counterparty): string | undefined {
  return to.identities.find((identity) => identity.kind === 'phone')?.value.slice(1);
}
