import type { MessageRow } from '../api/rows.ts';
import type { ChannelRow } from '../api/sending-rows.ts';
import { isWaiting } from '../state/views.ts';

/** What can be done with a message, as its channel and the server's rules have it. */
export interface PossibleActs {
  /** the emoji that can be reacted with */
  reactions: readonly string[];
  reply: boolean;
  copy: boolean;
  forward: boolean;
  edit: boolean;
  remove: boolean;
}

const anyEmoji = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

const editable = new Set<string>(['text', 'interactive', 'image', 'video', 'document']);
const notForwardable = new Set<string>(['reaction', 'system', 'unsupported', 'template']);

/** Whether there is any use in offering something. */
export function hasActs({ id, type, deleted_at }: MessageRow): boolean {
  return !id.startsWith('local:') && !deleted_at && type !== 'system' && type !== 'reaction';
}

export function possibleActs(row: MessageRow, channel: ChannelRow | undefined): PossibleActs {
  const isSent = row.provider_message_id !== null;
  const isOurs = row.direction === 'OUTBOUND';
  const can = (action: string): boolean => isOurs && isSent && (channel?.actions.includes(action) ?? false);
  return {
    reactions: isSent ? reactionsOf(channel) : [],
    reply: isSent && (channel?.reply ?? false),
    copy: Boolean(row.message),
    forward: !notForwardable.has(row.type),
    edit: editable.has(row.type) && (isWaiting(row) || can('edit')),
    remove: can('delete'),
  };
}

function reactionsOf(channel: ChannelRow | undefined): readonly string[] {
  if (!channel || channel.reaction === 'none') return [];
  return channel.reaction === 'any' ? anyEmoji : (channel.reactions ?? []);
}

/** The emoji that we have on a message, among the messages of its thread. */
export function ownReaction({ provider_message_id: target }: MessageRow, rows: readonly MessageRow[]): string | null {
  const ours = rows.findLast(
    ({ direction, status, reaction }) =>
      direction === 'OUTBOUND' && status !== 'FAILED' && reaction !== null && reaction.target === target,
  );
  return ours?.reaction?.emoji ?? null;
}
