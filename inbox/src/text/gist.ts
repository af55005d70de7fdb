import type { MessageRow } from '../api/rows.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import { noticeOf } from '../i18n/notice-words.ts';
import { own } from './own.ts';

/** What of a message decides how it reads in one line. */
export interface Gist {
  /** null: nobody kept it */
  type: MessageRow['type'] | null;
  event: string | null;
  /** its words, or the name of its file; empty when it has neither */
  words: string;
}

export function gistOf(row: MessageRow): Gist {
  if (row.deleted_at) return { type: 'system', event: 'deleted', words: '' };
  const words = row.message || (row.type === 'document' && row.media?.filename) || '';
  return { type: row.type, event: row.event ?? null, words };
}

/** A message in one line: what it says, or what kind it is. */
export function lineOf(text: Dictionary, { type, event, words }: Gist): string {
  switch (type) {
    case null:
      return words || text.noWords;
    case 'system':
      return noticeOf(text.notices, event, words) || text.bodies.system;
    case 'unsupported':
      return own(text.message.withheld, event ?? '') ?? (words || text.bodies.unsupported);
    case 'reaction':
      return words ? text.message.reacted(words) : text.reactionRemoved;
    case 'audio':
      return words ? text.message.named(text.bodies.audio, words) : text.message.voiceMessage;
    case 'document':
    case 'location':
    case 'contacts':
      return words ? text.message.named(text.bodies[type], words) : text.bodies[type];
    default:
      return words || text.bodies[type];
  }
}
