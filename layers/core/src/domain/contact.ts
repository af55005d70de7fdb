import type { ContactId, OrganizationId } from './id.ts';

/** What names a person or group to a provider: `phone`, `email`, `group`, or a kind of its channel's own (`bsuid`, `psid`, `telegram_chat` …). `phone` is E.164 with `+`; every other value is the provider's own string. */
export interface Identity {
  kind: string;
  value: string;
}

/** Who is at the other end of a message. The first identity keys the conversation and the contact; the rest are aliases. */
export interface Counterparty {
  identities: [Identity, ...Identity[]];
  name?: string;
}

/** A person, known by one or more identities. */
export interface Contact {
  id: ContactId;
  organizationId: OrganizationId;
  name?: string;
  identities: Identity[];
  conversationIds: string[];
  /** this is another's former id */
  mergedInto?: ContactId;
  createdAt: number;
  updatedAt: number;
}

/** What is known of someone after hearing of them again: nothing known is lost, and the newest name holds. */
export function joinCounterparty(known: Counterparty, heard: Counterparty): Counterparty {
  const name = heard.name ?? known.name;
  const identities = joinIdentities(known.identities, heard.identities) as Counterparty['identities'];
  return name === undefined ? { identities } : { identities, name };
}

/** Those that were known, then those that are new. */
export function joinIdentities(known: Identity[], heard: Identity[]): Identity[] {
  const keys = new Set(known.map(identityKey));
  return [...known, ...heard.filter((identity) => !keys.has(identityKey(identity)))];
}

/** One string per identity, used in derived ids and keys. */
export function identityKey(identity: Identity): string {
  return `${identity.kind}:${identity.value}`;
}

/**
 * E.164 with `+` from what people and gateways write: spaces, dashes, brackets, a leading `00`, `@s.whatsapp.net`, `@c.us`, a `:device` part.
 * Only the shape is checked (7 to 15 digits, ITU-T E.164), because a numbering plan's details change and the provider knows them.
 */
export function phoneNumber(text: string): string | undefined {
  const bare = text
    .replace(/(:\d+)?@(s\.whatsapp\.net|c\.us)$/, '')
    .replaceAll(/[\s\-().\u200e\u200f\u202a-\u202e]/g, '');
  const digits = westernDigits(bare).replace(/^\+/, '').replace(/^00/, '');
  return /^\d{7,15}$/.test(digits) ? `+${digits}` : undefined;
}

/** Arabic-Indic and Persian digits are digits: people in Egypt and the Gulf type them. */
function westernDigits(text: string): string {
  return text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
