import type { Desk } from './desk.ts';

/** Brings in the conversations of contacts whose name or address has these words in it, wherever in the list they are. */
export async function search(desk: Desk, words: string): Promise<void> {
  const contacts = await desk.client.contactsLike(words);
  if (!contacts.ok || contacts.value.length === 0) return;
  const conversations = await desk.client.conversationsOf(contacts.value.map((contact) => contact.id));
  if (!conversations.ok) return;
  desk.store.dispatch({ type: 'contacts.loaded', rows: contacts.value });
  desk.store.dispatch({ type: 'conversations.changed', rows: conversations.value });
}
