import type { ContactId, ConversationId, MessageId, OrganizationId } from '../../domain/id.ts';
import { parseMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { messageRow } from '../../domain/message-row.ts';
import type { Row } from '../../domain/rows.ts';
import { findContacts } from '../../store/contacts.ts';
import { listInbox } from '../../store/conversations.ts';
import { signMedia } from '../../store/media-bucket.ts';
import { messagePages } from '../../store/message-pages.ts';
import { findMessages } from '../../store/messages.ts';
import type { Selection, Source } from './list.ts';

/** A conversation and the time by which its newest message must have been made. */
interface Thread {
  id: ConversationId;
  newest: number;
}

/** Providers' clocks may run ahead of ours by this much without harm to the order. */
const CLOCK_SLACK_MS = 60_000;

/**
 * Messages by creation time, in either direction. A conversation's messages lie in that order; several conversations are merged, and, newest first, a
 * conversation is opened only when its newest message could come next. So the organization's whole history needs no index of its own.
 */
export function listMessageRows(organization: OrganizationId, selection: Selection): Source {
  const [first] = selection.order;
  const descending = first?.column === 'created_at' ? first.descending : true;
  return { rows: rowsOf(organization, selection, descending), orderedBy: { column: 'created_at', descending } };
}

/** The conversations a filter speaks of, by their own ids or their contact's; undefined when it speaks of all. */
export async function conversationIdsOf(
  organization: OrganizationId,
  { equal }: Selection,
  column: string,
): Promise<string[] | undefined> {
  const own = equal(column);
  if (own) return own;
  const contactIds = equal('contact_id');
  if (!contactIds) return undefined;
  return (await findContacts(organization, contactIds as ContactId[])).flatMap((contact) => contact.conversationIds);
}

async function* rowsOf(organization: OrganizationId, selection: Selection, descending: boolean): AsyncGenerator<Row> {
  const owners = await ownersOf(organization, selection);
  for await (const message of messagesOf(organization, selection, descending)) {
    const contactId = owners.get(message.conversationId) ?? message.contactId;
    yield messageRow({ ...message, contactId }, signMedia);
  }
}

/** Whose the conversations of the contacts asked for are now: a message of before two contacts were merged names the former one. */
async function ownersOf(organization: OrganizationId, { equal }: Selection): Promise<Map<ConversationId, ContactId>> {
  const asked = (equal('contact_id') ?? []) as ContactId[];
  const contacts = asked.length === 0 ? [] : await findContacts(organization, asked);
  return new Map(
    contacts.flatMap(({ id, conversationIds }) => conversationIds.map((each) => [each as ConversationId, id] as const)),
  );
}

/** Messages that these filters may be of, in order. */
export async function* messagesOf(
  organization: OrganizationId,
  selection: Selection,
  descending: boolean,
): AsyncGenerator<Message> {
  const ids = selection.equal('id');
  if (ids) {
    yield* (await findMessages(organization, ids as MessageId[])).toSorted((a, b) =>
      isBefore(b, a) === descending ? -1 : 1,
    );
    return;
  }
  const named = await conversationIdsOf(organization, selection, 'conversation_id');
  const threads = named
    ? named.map((id) => ({ id: id as ConversationId, newest: Infinity }))
    : inboxThreads(organization);
  const pageSize = Math.min(
    selection.count ? 1000 : selection.offset + selection.limit + 1,
    named?.length === 1 ? 1000 : 100,
  );
  const reading = { newestFirst: descending, limit: pageSize, ...selection.between('created_at') };
  yield* merge(threads, descending, (id) => readThread(messagePages(organization, id, reading)));
}

async function* inboxThreads(organization: OrganizationId): AsyncGenerator<Thread> {
  for await (const conversation of listInbox(organization))
    yield { id: conversation.id, newest: conversation.lastMessageAt + CLOCK_SLACK_MS };
}

async function* readThread(pages: AsyncIterable<Message[]>): AsyncGenerator<Message> {
  for await (const page of pages) yield* page;
}

interface Open {
  head: Message;
  rest: AsyncGenerator<Message>;
}

async function* merge(
  threads: AsyncIterable<Thread> | Iterable<Thread>,
  descending: boolean,
  read: (id: ConversationId) => AsyncGenerator<Message>,
): AsyncGenerator<Message> {
  const open: Open[] = [];
  const openThread = async (id: ConversationId) => insert(open, await advance(read(id)), descending);
  for await (const thread of threads) {
    // Oldest first, any thread may hold the very first message: all are opened before one is given.
    const reach = descending ? thread.newest : Infinity;
    while (open[0] && timeOf(open[0].head) > reach) yield await take(open, descending);
    await openThread(thread.id);
  }
  while (open[0]) yield await take(open, descending);
}

async function take(open: Open[], descending: boolean): Promise<Message> {
  const first = open.shift() as Open;
  insert(open, await advance(first.rest), descending);
  return first.head;
}

async function advance(rest: AsyncGenerator<Message>): Promise<Open | undefined> {
  const next = await rest.next();
  return next.done ? undefined : { head: next.value, rest };
}

/** Keeps the open threads sorted by their heads; there are few, so a scan from the front is cheap. */
function insert(open: Open[], thread: Open | undefined, descending: boolean): void {
  if (!thread) return;
  const place = open.findIndex(({ head }) => isBefore(head, thread.head) === descending);
  open.splice(place === -1 ? open.length : place, 0, thread);
}

function isBefore(a: Message, b: Message): boolean {
  return timeOf(a) - timeOf(b) < 0 || (timeOf(a) === timeOf(b) && a.id < b.id);
}

function timeOf(message: Message): number {
  return parseMessageId(message.id)?.at ?? message.storedAt;
}
