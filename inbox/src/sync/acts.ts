import type { Result } from '../api/http.ts';
import type { Entity } from '../api/message-parts.ts';
import type { ConversationRow, MessageRow } from '../api/rows.ts';
import type { Desk } from './desk.ts';
import { newReference, showSent } from './send.ts';

/** Sends a stored message again that failed: it stays the same message, with one more attempt. */
export async function retryMessage(desk: Desk, id: string): Promise<Result<void>> {
  return changed(desk, await desk.client.retryMessage(id));
}

/** Takes back a message that waits for its time. */
export async function cancelMessage(desk: Desk, id: string): Promise<Result<void>> {
  return changed(desk, await desk.client.cancelMessage(id));
}

/** Gives a message that waits for its time another one. */
export async function rescheduleMessage(desk: Desk, id: string, at: Date): Promise<Result<void>> {
  return changed(desk, await desk.client.rescheduleMessage(id, at.toISOString()));
}

export async function editMessage(
  desk: Desk,
  id: string,
  words: { message: string; entities: Entity[] },
): Promise<Result<void>> {
  return changed(desk, await desk.client.editMessage(id, words));
}

/** Takes back a message that was sent. */
export async function deleteMessage(desk: Desk, id: string): Promise<Result<void>> {
  return changed(desk, await desk.client.deleteMessage(id));
}

/** Reacts to a message; no emoji takes the reaction back. */
export async function react(
  desk: Desk,
  { id, channel, channel_account_id, conversation_id }: MessageRow,
  emoji: string | null,
): Promise<Result<void>> {
  const reaction = { emoji, message_id: id };
  const client_ref = newReference();
  return shown(desk, await desk.client.send({ channel, channel_account_id, conversation_id, reaction, client_ref }));
}

/** Passes a message on into another conversation. */
export async function forwardMessage(desk: Desk, id: string, to: ConversationRow): Promise<Result<void>> {
  const { channel, channel_account_id, id: conversation_id } = to;
  const client_ref = newReference();
  return shown(
    desk,
    await desk.client.send({ channel, channel_account_id, conversation_id, forward_of: id, client_ref }),
  );
}

function shown(desk: Desk, answer: Result<{ message: MessageRow | null }>): Result<void> {
  if (!answer.ok) return answer;
  showSent(desk, answer.value);
  return { ok: true, value: undefined };
}

function changed(desk: Desk, answer: Result<MessageRow>): Result<void> {
  if (!answer.ok) return answer;
  desk.store.dispatch({ type: 'messages.changed', rows: [answer.value] });
  return { ok: true, value: undefined };
}
