import type { ConversationId, OrganizationId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import { listMessages } from './messages.ts';
import type { MessagePage } from './messages.ts';

/** All of a conversation's messages by creation time, page by page: `limit` is a page's. One is read when those before it have been taken. */
export async function* messagePages(
  organization: OrganizationId,
  conversation: ConversationId,
  reading: Omit<Parameters<typeof listMessages>[2], 'start'>,
): AsyncGenerator<Message[]> {
  let start: MessagePage['next'];
  do {
    const page: MessagePage = await listMessages(organization, conversation, { ...reading, start });
    yield page.messages;
    start = page.next;
  } while (start);
}
