import type { ContactRow, ConversationRow, MessageRow } from '../api/rows.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import type { InboxState } from './inbox-state.ts';

export type Filter = 'all' | 'unread';

type Listed = Pick<InboxState, 'conversations' | 'contacts' | 'open'>;

/**
 * Conversations by recency, those whose contact has `words` in name or address. The open one stays in the unread list after it was read, so that it
 * does not vanish under the hand.
 */
export function conversationsOf(
  { conversations, contacts, open }: Listed,
  filter: Filter,
  words = '',
): ConversationRow[] {
  return Object.values(conversations)
    .filter((row) => filter === 'all' || row.unread_count > 0 || row.id === open)
    .filter((row) => words === '' || isLike(contacts[row.contact_id], words))
    .sort((a, b) => recency(b) - recency(a) || (a.id < b.id ? 1 : -1));
}

/** What to look for: a number is written in many ways, and kept in one. */
export function searchWords(typed: string): string {
  const words = typed.trim();
  return /^[+\d\s().-]+$/.test(words) ? words.replaceAll(/[\s().-]/g, '') : words;
}

export function unreadTotal(state: InboxState): number {
  return Object.values(state.conversations).reduce((sum, row) => sum + row.unread_count, 0);
}

/** Ids of contacts that conversations name and nobody has loaded. */
export function missingContacts(state: InboxState): string[] {
  const ids = Object.values(state.conversations).map((row) => row.contact_id);
  return [...new Set(ids)].filter((id) => !(id in state.contacts));
}

/** What to call a contact: the name, else whatever address is known; null when nothing is. The id of a group is nothing to call it by. */
export function contactName(contact: ContactRow | undefined): string | null {
  if (!contact) return null;
  return contact.name || contact.phone || contact.email || (isGroup(contact) ? null : readable(contact)) || null;
}

/** The same, with words for who has no name. */
export function calledIn(
  text: Pick<Dictionary, 'unknownContact' | 'unnamedGroup'>,
  contact: ContactRow | undefined,
): string {
  return contactName(contact) ?? (contact && isGroup(contact) ? text.unnamedGroup : text.unknownContact);
}

/** Whether a contact is not one person. */
export function isGroup({ identities }: ContactRow): boolean {
  return identities.some(({ kind }) => kind === 'group');
}

/** The address under the name, as people know addresses; null when the name is the address, or there are only ids. */
export function contactAddress(contact: ContactRow | undefined): string | null {
  const address = contact?.phone || contact?.email || null;
  return address === contactName(contact) ? null : address;
}

/** Messages that wait for their time, soonest first. */
export function waitingMessages(rows: Iterable<MessageRow>): MessageRow[] {
  return [...rows].filter(isWaiting).sort((a, b) => leavesAt(a) - leavesAt(b) || (a.id < b.id ? -1 : 1));
}

/** Why a message has not left yet, and until when; undefined: it has, or is about to. */
export function waitOf(
  row: Pick<MessageRow, 'status' | 'scheduled_at' | 'waiting_for'>,
): MessageRow['waiting_for'] | undefined {
  if (row.status !== 'PENDING') return undefined;
  if (row.waiting_for) return row.waiting_for;
  return isWaiting(row) ? { reason: 'scheduled', until: row.scheduled_at ?? null } : undefined;
}

/** Whether a message waits for a time that has not come. */
export function isWaiting(row: Pick<MessageRow, 'status' | 'scheduled_at'>): boolean {
  return row.status === 'PENDING' && Boolean(row.scheduled_at) && leavesAt(row) > Date.now();
}

function leavesAt({ scheduled_at: at }: Pick<MessageRow, 'scheduled_at'>): number {
  return Date.parse(at ?? '');
}

function isLike(contact: ContactRow | undefined, words: string): boolean {
  if (!contact) return false;
  const known = [contact.name, contact.phone, contact.email, ...contact.identities.map(({ value }) => value)];
  return known.some((each) => each?.toLowerCase().includes(words.toLowerCase()));
}

function recency(row: ConversationRow): number {
  return Date.parse(row.last_message_at ?? row.created_at);
}

/** A browser's push subscription is an address for machines: of it, the push service's name. */
function readable({ identities: [first] }: ContactRow): string | undefined {
  return first?.kind === 'push_endpoint' ? URL.parse(first.value)?.hostname : first?.value;
}
