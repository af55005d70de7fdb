import { eventOf, isMedia, textOf } from './body.ts';
import type { Body, Email, Media } from './body.ts';
import { parseMessageId } from './id.ts';
import type { Message } from './message.ts';
import { iso } from './rows.ts';
import type { Row, SignMedia } from './rows.ts';
import { historyOf, statusOf } from './status.ts';
import type { HistoryEntry, SendError } from './status.ts';
import { waitOf } from './waiting.ts';

/** A message as `/rest/v1/messages` has it. */
export function messageRow(message: Message, signMedia: SignMedia): Row {
  const { body, progress } = message;
  const createdAt = parseMessageId(message.id)?.at ?? message.storedAt;
  return {
    id: message.id,
    organization_id: message.organizationId,
    conversation_id: message.conversationId,
    contact_id: message.contactId,
    channel: message.channel,
    channel_account_id: message.channelAccountId,
    direction: message.direction,
    author: message.author ?? null,
    type: body.type,
    event: eventOf(body) ?? null,
    message: textOf(body) ?? null,
    entities: 'entities' in body ? (body.entities ?? null) : null,
    media: isMedia(body) ? { type: body.type, ...fileColumn(body.media, signMedia) } : null,
    interactive: body.type === 'interactive' ? body.interactive : null,
    template: body.type === 'template' ? body.template : null,
    location: body.type === 'location' ? locationColumn(body) : null,
    contacts: body.type === 'contacts' ? body.contacts : null,
    reaction: body.type === 'reaction' ? { emoji: body.emoji, target: body.target } : null,
    email: body.type === 'email' ? emailColumn(body, signMedia) : null,
    status: statusOf(progress),
    waiting_for: waitingColumn(message),
    status_history: historyColumn(message, createdAt),
    error: errorColumn(
      progress.failed?.error ?? (progress.sent ? undefined : progress.unknown?.error),
      statusOf(progress),
    ),
    provider_message_id: message.providerMessageId ?? null,
    client_ref: message.clientRef ?? null,
    reply_to_id: message.replyToId ?? null,
    forward_of_id: message.forwardOfId ?? null,
    options: message.options ?? null,
    broadcast_id: message.broadcastId ?? null,
    series_id: message.seriesId ?? null,
    degraded: message.degraded ?? null,
    attempt: message.attempt,
    attempts: attemptsColumn(message),
    scheduled_at: iso(message.scheduledAt),
    sent_at: iso(timeOf(progress.sent)),
    delivered_at: iso(timeOf(progress.delivered)),
    read_at: iso(timeOf(progress.read)),
    failed_at: iso(timeOf(progress.failed)),
    edited_at: iso(message.editedAt),
    deleted_at: iso(message.deletedAt),
    created_at: iso(createdAt),
    updated_at: iso(message.updatedAt),
  };
}

function emailColumn(body: Email, signMedia: SignMedia): Row {
  return {
    subject: body.subject,
    quoted: body.quoted ?? null,
    html: body.html ? fileColumn(body.html, signMedia) : null,
    original: body.original ? fileColumn(body.original, signMedia) : null,
    attachments: body.attachments.map((file) => ({
      ...fileColumn(file, signMedia),
      content_id: file.contentId ?? null,
    })),
    cc: body.cc ?? [],
    automatic: body.automatic ?? false,
    suspect: body.suspect ?? null,
  };
}

function fileColumn(media: Media, signMedia: SignMedia): Row {
  return {
    mime: media.mime ?? null,
    filename: media.filename ?? null,
    size: media.size ?? null,
    width: media.width ?? null,
    height: media.height ?? null,
    duration: media.duration ?? null,
    sha256: media.sha256 ?? null,
    url: media.key === undefined ? publicLink(media) : signMedia(media.key),
    thumbnail_url: media.thumbnailKey === undefined ? null : signMedia(media.thumbnailKey),
    status: media.status,
    error: media.error ?? null,
  };
}

/** A link the caller gave us is theirs to see; one a provider gave us may carry a token. */
function publicLink(media: Media): string | null {
  return media.status === 'ready' ? (media.link ?? null) : null;
}

function locationColumn(body: Extract<Body, { type: 'location' }>): Row {
  const { latitude, longitude, name, address, url } = body;
  return { latitude, longitude, name: name ?? null, address: address ?? null, url: url ?? null };
}

function waitingColumn(message: Message): Row | null {
  const wait = waitOf(message);
  if (!wait) return null;
  const { reason, until, perSecond } = wait;
  return { reason, until: iso(until), ...(perSecond === undefined ? {} : { per_second: perSecond }) };
}

/** A received message was never pending: its history begins where it reached us. */
function historyColumn(message: Message, createdAt: number): Row[] {
  const history = historyOf(message.progress, createdAt);
  return (message.direction === 'INBOUND' ? history.slice(1) : history).map(historyEntry);
}

function historyEntry(entry: HistoryEntry): Row {
  return { status: entry.status, at: iso(entry.at), provider_at: iso(entry.providerAt), detail: entry.detail ?? null };
}

/** Every attempt there was, the present one last. */
function attemptsColumn({ direction, pastAttempts = [], attempt, claimedAt, progress }: Message): Row[] {
  if (direction === 'INBOUND') return [];
  const past = pastAttempts.map((each) => ({
    attempt: each.attempt,
    started_at: iso(each.startedAt),
    ended_at: iso(each.endedAt),
    code: each.error.code,
    provider_code: each.error.providerCode ?? null,
    by_hand: each.byHand ?? false,
  }));
  const error = progress.failed?.error;
  const present = {
    attempt,
    started_at: iso(claimedAt),
    ended_at: iso(progress.sent?.at ?? progress.failed?.at),
    code: error?.code ?? null,
    provider_code: error?.providerCode ?? null,
    by_hand: false,
  };
  return [...past, present];
}

/** A message that did arrive has no error to show, whatever was reported before. */
function errorColumn(error: SendError | undefined, status: string): Row | null {
  if (!error || status === 'DELIVERED' || status === 'READ') return null;
  return {
    code: error.code,
    class: error.class,
    message: error.message,
    permanent: error.permanent,
    provider_code: error.providerCode ?? null,
  };
}

function timeOf(mark: { at: number; providerAt?: number } | undefined): number | undefined {
  return mark?.providerAt ?? mark?.at;
}
