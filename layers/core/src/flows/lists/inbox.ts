import { isInInbox } from '../../channels/manifests.ts';
import type { ContactId, ConversationId, OrganizationId } from '../../domain/id.ts';
import { contactRow } from '../../domain/contact-row.ts';
import { conversationRow } from '../../domain/conversation-row.ts';
import type { Row } from '../../domain/rows.ts';
import { findContacts, listContacts } from '../../store/contacts.ts';
import { findConversations, listInbox } from '../../store/conversations.ts';
import type { Selection, Source } from './list.ts';
import { conversationIdsOf } from './messages.ts';

export function listConversationRows(organization: OrganizationId, selection: Selection): Source {
  const orderedBy = { column: 'last_message_at', descending: true };
  return { rows: conversationRows(organization, selection), orderedBy };
}

export function listContactRows(organization: OrganizationId, selection: Selection): Source {
  return { rows: contactRows(organization, selection), orderedBy: { column: 'id', descending: false } };
}

async function* conversationRows(organization: OrganizationId, selection: Selection): AsyncGenerator<Row> {
  const ids = await conversationIdsOf(organization, selection, 'id');
  const conversations = ids
    ? newestFirst(await findConversations(organization, ids as ConversationId[]))
    : listInbox(organization);
  for await (const conversation of conversations) {
    if (ids || isInInbox(conversation.channel)) yield conversationRow(conversation);
  }
}

function newestFirst<T extends { lastMessageAt: number }>(conversations: T[]): T[] {
  return conversations.toSorted((a, b) => b.lastMessageAt - a.lastMessageAt);
}

async function* contactRows(organization: OrganizationId, { equal }: Selection): AsyncGenerator<Row> {
  const ids = equal('id');
  const contacts = ids
    ? (await findContacts(organization, ids as ContactId[])).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    : listContacts(organization);
  for await (const contact of contacts) yield contactRow(contact);
}
