import type { ConversationId, OrganizationId } from '../../domain/id.ts';
import type { ProjectedConversation } from '../../store/conversation-item.ts';
import { glimpseConversation } from '../../store/conversations.ts';

/** How a conversation was a moment ago. Undefined: there was none. */
export type Look = (id: ConversationId) => Promise<ProjectedConversation | undefined>;

/** Looks at each conversation once, for all that one message asks of it. */
export function lookingOnce(organization: OrganizationId): Look {
  const seen = new Map<ConversationId, ReturnType<Look>>();
  return (id) => {
    const conversation = seen.get(id) ?? glimpseConversation(organization, id);
    seen.set(id, conversation);
    return conversation;
  };
}
