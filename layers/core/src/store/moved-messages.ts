import { joinMessageId, parseMessageId } from '../domain/id.ts';
import type { ContactId, ConversationId, MessageId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import { messageKey, providerMessageKey } from './keys/conversations.ts';
import type { Due } from './message-item.ts';
import { storeMessage } from './messages.ts';
import { deleteItem, updateItem } from './table.ts';

/** Where a message goes, and what it is due for there. */
export interface Place {
  conversationId: ConversationId;
  contactId: ContactId;
  due?: Due | undefined;
}

/** Takes a message over into another conversation of the same account, at the same moment. Done again, whatever broke it off, it ends the same. */
export async function moveMessage(message: Message, { conversationId, contactId, due }: Place): Promise<void> {
  const id = movedId(message.id, conversationId);
  const replyToId = message.replyToId && movedReply(message, message.replyToId, conversationId);
  await storeMessage({ ...message, id, conversationId, contactId, ...(replyToId && { replyToId }) }, due);
  if (message.providerMessageId !== undefined)
    await updateItem(providerMessageKey(message.channelAccountId, message.providerMessageId), {
      set: { message: id },
      when: '#message = :before',
      values: { before: message.id },
    });
  await deleteItem(messageKey(message.organizationId, message.id));
}

function movedId(id: MessageId, conversation: ConversationId): MessageId {
  return joinMessageId(parseMessageId(id)?.uuid ?? '', conversation);
}

/** What it answers moves with it, or is there already. */
function movedReply({ conversationId }: Message, id: MessageId, conversation: ConversationId): MessageId {
  return parseMessageId(id)?.conversationId === conversationId ? movedId(id, conversation) : id;
}
