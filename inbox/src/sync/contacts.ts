import type { ContactRow, ConversationRow } from '../api/rows.ts';
import { isGroup, missingContacts } from '../state/views.ts';
import { listPage, type Desk } from './desk.ts';

/** How often a contact that can't be found is asked for. */
const mostTries = 5;

/**
 * Loads contacts that conversations name. One that is not there yet is asked for a few times more, as the inbox changes; one that may have got another
 * name, when its conversation has changed.
 */
export function createContactLoader(desk: Desk): () => Promise<void> {
  const asked = new Map<string, number>();
  let seen: Readonly<Record<string, ConversationRow>> = {};
  return async function loadMissing() {
    const state = desk.store.state();
    const missing = missingContacts(state).filter((id) => (asked.get(id) ?? 0) < mostTries);
    for (const id of missing) asked.set(id, (asked.get(id) ?? 0) + 1);
    const before = seen;
    seen = state.conversations;
    const renamed = Object.values(seen).filter((row) =>
      mayBeRenamed(state.contacts[row.contact_id], before[row.id], row),
    );
    await loadContacts(desk, [...new Set([...missing, ...renamed.map((row) => row.contact_id)])]);
  };
}

async function loadContacts(desk: Desk, ids: string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += listPage) {
    const answer = await desk.client.contactsById(ids.slice(from, from + listPage));
    if (answer.ok) desk.store.dispatch({ type: 'contacts.loaded', rows: answer.value });
  }
}

/** Who gets a name has their conversation changed; a group is called otherwise in the middle of it, or by a notice in it. */
function mayBeRenamed(
  contact: ContactRow | undefined,
  before: ConversationRow | undefined,
  now: ConversationRow,
): boolean {
  if (!contact || !before || before.updated_at === now.updated_at) return false;
  const isQuiet = before.last_message_at === now.last_message_at || now.last_message_event === 'new_chat_title';
  return contact.name === null || (isGroup(contact) && isQuiet);
}
