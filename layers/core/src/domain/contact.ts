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
