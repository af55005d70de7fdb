import type { Result } from '../api/http.ts';
import type { ConversationRow, MessageRow } from '../api/rows.ts';
import type { Outgoing } from '../state/inbox-state.ts';
import type { Desk } from './desk.ts';
import { forgetDraft } from './drafts.ts';

/** Sends a text into a conversation: the bubble shows at once, the server's row takes its place. */
export async function sendText(desk: Desk, conversation: ConversationRow, text: string): Promise<void> {
  const outgoing = outgoingText(conversation, text);
  desk.store.dispatch({ type: 'send.started', outgoing });
  forgetDraft(desk, conversation.id);
  const { client_ref: clientRef, conversation_id: conversationId } = outgoing.row;
  const answer = await desk.client.send({
    channel: conversation.channel,
    channel_account_id: conversation.channel_account_id,
    conversation_id: conversationId,
    message: text,
    client_ref: clientRef,
  });
  if (!answer.ok)
    return desk.store.dispatch({ type: 'send.refused', conversationId, clientRef, failure: answer.failure });
  desk.store.dispatch({ type: 'messages.changed', rows: [{ ...answer.value.message, client_ref: clientRef }] });
}

/** Sends a failed text again, as a new request. A bubble the server never took is replaced, a stored row stays as it was. */
export async function sendAgain(desk: Desk, conversation: ConversationRow, row: MessageRow): Promise<void> {
  if (row.client_ref !== null)
    desk.store.dispatch({ type: 'send.dropped', conversationId: conversation.id, clientRef: row.client_ref });
  await sendText(desk, conversation, row.message ?? '');
}

/** Writes to an address for the first time. The value is the conversation's id. */
export async function startConversation(
  desk: Desk,
  first: { channel: string; accountId: string; to: string; text: string },
): Promise<Result<string>> {
  const answer = await desk.client.send({
    channel: first.channel,
    channel_account_id: first.accountId,
    to: first.to,
    message: first.text,
    client_ref: newReference(),
  });
  return answer.ok ? { ok: true, value: answer.value.conversationId } : answer;
}

function outgoingText(conversation: ConversationRow, text: string): Outgoing {
  const now = new Date().toISOString();
  const clientRef = newReference();
  const row = {
    id: `local:${clientRef}`,
    conversation_id: conversation.id,
    contact_id: conversation.contact_id,
    channel: conversation.channel,
    channel_account_id: conversation.channel_account_id,
    direction: 'OUTBOUND' as const,
    type: 'text' as const,
    message: text,
    status: 'PENDING' as const,
    client_ref: clientRef,
    created_at: now,
    updated_at: now,
  };
  return { row: { ...row, ...emptyColumns, status_history: [] }, failure: null };
}

const emptyColumns = {
  entities: null,
  media: null,
  interactive: null,
  template: null,
  location: null,
  contacts: null,
  reaction: null,
  error: null,
  provider_message_id: null,
  reply_to_id: null,
};

/** 128 random bits. `crypto.randomUUID` is missing on pages served over plain HTTP from another machine. */
function newReference(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
