import type { ContactRow, ConversationRow } from '../api/rows.ts';
import type { InboxState } from './inbox-state.ts';

export type Filter = 'all' | 'unread';

/** Conversations by recency. The open one stays in the unread list after it was read, so that it does not vanish under the hand. */
export function conversationsOf(state: Pick<InboxState, 'conversations' | 'open'>, filter: Filter): ConversationRow[] {
  const all = Object.values(state.conversations);
  const shown = filter === 'all' ? all : all.filter((row) => row.unread_count > 0 || row.id === state.open);
  return shown.sort((a, b) => recency(b) - recency(a) || (a.id < b.id ? 1 : -1));
}

export function unreadTotal(state: InboxState): number {
  return Object.values(state.conversations).reduce((sum, row) => sum + row.unread_count, 0);
}

/** Ids of contacts that conversations name and nobody has loaded. */
export function missingContacts(state: InboxState): string[] {
  const ids = Object.values(state.conversations).map((row) => row.contact_id);
  return [...new Set(ids)].filter((id) => !(id in state.contacts));
}

/** What to call a contact: the name, else whatever address is known; null when nothing is. */
export function contactName(contact: ContactRow | undefined): string | null {
  if (!contact) return null;
  return contact.name || contact.phone || contact.email || contact.identities[0]?.value || null;
}

/** The address under the name; null when the name is the address. */
export function contactAddress(contact: ContactRow | undefined): string | null {
  const address = contact?.phone || contact?.email || contact?.identities[0]?.value || null;
  return address === contactName(contact) ? null : address;
}

function recency(row: ConversationRow): number {
  return Date.parse(row.last_message_at ?? row.created_at);
}
