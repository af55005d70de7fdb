import type { Result } from '../api/http.ts';
import type { ConversationRow, MessageRow } from '../api/rows.ts';
import type { MessageToSend, Recurrence } from '../api/sending-rows.ts';
import { ownZone } from '../later/local-time.ts';
import type { Outgoing } from '../state/inbox-state.ts';
import type { Desk } from './desk.ts';
import { forgetDraft } from './drafts.ts';

/** Begins the id of a bubble that the server has not taken yet. */
const LOCAL = 'local:';

/** What goes with the words of a message. */
export interface Extras {
  /** of an email */
  subject?: string | undefined;
  /** our id of the message it answers */
  replyTo?: string | undefined;
}

/** When a message leaves, if not now. */
export interface When {
  at: Date;
  /** it comes again and again from then on */
  recurrence?: Recurrence | undefined;
}

/** Sends a text into a conversation, in Markdown: the bubble shows at once, the server's row takes its place. */
export async function sendText(
  desk: Desk,
  conversation: ConversationRow,
  text: string,
  extras: Extras = {},
): Promise<void> {
  const outgoing = outgoingText(conversation, text, extras);
  desk.store.dispatch({ type: 'send.started', outgoing });
  forgetDraft(desk, conversation.id);
  const { client_ref: clientRef, conversation_id: conversationId } = outgoing.row;
  const answer = await desk.client.send(messageInto(conversation, { text, ...extras }, clientRef));
  if (!answer.ok)
    return desk.store.dispatch({ type: 'send.refused', conversationId, clientRef, failure: answer.failure });
  const { message } = answer.value;
  if (message) desk.store.dispatch({ type: 'messages.changed', rows: [{ ...message, client_ref: clientRef }] });
}

/** Sends words, a file that was brought, or both. It shows once the server has taken it; what is refused stays with who wrote it. */
export async function sendContent(desk: Desk, conversation: ConversationRow, content: Content): Promise<Result<void>> {
  const answer = await desk.client.send(messageInto(conversation, content, newReference()));
  if (!answer.ok) return answer;
  showSent(desk, answer.value);
  return { ok: true, value: undefined };
}

/** Puts what the server has taken on screen. */
export function showSent(desk: Desk, { message }: { message: MessageRow | null }): void {
  if (message) desk.store.dispatch({ type: 'messages.changed', rows: [message] });
}

/** Sends again what the server never took: a new request, in place of the bubble. */
export async function sendAgain(desk: Desk, conversation: ConversationRow, row: MessageRow): Promise<void> {
  if (row.client_ref !== null)
    desk.store.dispatch({ type: 'send.dropped', conversationId: conversation.id, clientRef: row.client_ref });
  await sendText(desk, conversation, row.message ?? '', {
    subject: row.email?.subject,
    replyTo: row.reply_to_id ?? undefined,
  });
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

interface Content extends Extras {
  text: string;
  uploadId?: string | undefined;
  when?: When | undefined;
}

function messageInto(
  { id, channel, channel_account_id }: ConversationRow,
  { text, uploadId, subject, replyTo, when }: Content,
  client_ref: string,
): MessageToSend {
  return {
    channel,
    channel_account_id,
    conversation_id: id,
    message: text,
    format: 'markdown',
    client_ref,
    ...(uploadId ? { upload_id: uploadId } : {}),
    ...(subject ? { subject } : {}),
    ...(replyTo ? { reply_to: replyTo } : {}),
    ...timesOf(when),
  };
}

/** What recurs goes by this machine's clock, also when that changes to summer time. */
function timesOf(when: When | undefined): Pick<MessageToSend, 'scheduled_at' | 'recurrence' | 'timezone'> {
  if (!when) return {};
  const { at, recurrence } = when;
  return { scheduled_at: at.toISOString(), ...(recurrence ? { recurrence, timezone: ownZone() } : {}) };
}

function outgoingText(conversation: ConversationRow, text: string, { replyTo }: Extras): Outgoing {
  const now = new Date().toISOString();
  const clientRef = newReference();
  const row = {
    id: `${LOCAL}${clientRef}`,
    conversation_id: conversation.id,
    contact_id: conversation.contact_id,
    channel: conversation.channel,
    channel_account_id: conversation.channel_account_id,
    direction: 'OUTBOUND' as const,
    type: 'text' as const,
    message: text,
    status: 'PENDING' as const,
    attempt: 1,
    client_ref: clientRef,
    created_at: now,
    updated_at: now,
  };
  const columns = { ...emptyColumns, reply_to_id: replyTo ?? null, status_history: [] };
  return { row: { ...row, ...columns }, failure: null };
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
};

/** 128 random bits. `crypto.randomUUID` is missing on pages served over plain HTTP from another machine. */
export function newReference(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
