import type { Body } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import { checkText, notWith, unprocessable } from '../shared/limits.ts';
import type { Options } from './options.ts';

const MOST_KEYS = 300;
const QUESTION = { field: 'message', max: 300, unit: 'utf16' } as const;

/** Some options are about one kind of message only. */
export function checkOptions(body: Body, { poll, album, keyboard, video_note }: Options): Problem | undefined {
  const conflicting = [poll, album, keyboard].filter((each) => each !== undefined).length > 1;
  if (conflicting)
    return unprocessable('invalid_options', 'options.poll, options.album and options.keyboard exclude each other');
  if (poll) return body.type === 'text' ? checkPoll(body.text, poll) : notWith('poll', 'a text, the question');
  if (keyboard && body.type === 'interactive') return notWith('keyboard', 'a message without interactive');
  if (video_note && !isVideoNote(body, album)) return notWith('video_note', 'a video without message and album');
  return (album && checkAlbum(body, album)) ?? checkKeys(keyboard);
}

/** It has neither a caption nor a place in an album. */
function isVideoNote(body: Body, album: Options['album']): boolean {
  return body.type === 'video' && !body.text && album === undefined;
}

/** What servers were seen to take. */
function checkKeys(keyboard: Options['keyboard']): Problem | undefined {
  const count = typeof keyboard === 'object' ? keyboard.rows.flat().length : 0;
  return count > MOST_KEYS
    ? unprocessable('too_many', `options.keyboard has ${count} keys; the limit is ${MOST_KEYS}`)
    : undefined;
}

function checkPoll(
  question: string,
  { type, correct_option_ids, explanation = '', options }: NonNullable<Options['poll']>,
): Problem | undefined {
  const known = correct_option_ids?.every((id, at, all) => id < options.length && id > (all[at - 1] ?? -1)) ?? true;
  if ((type === 'quiz') !== (correct_option_ids !== undefined) || !known) {
    const words = 'options.poll.correct_option_ids must name options of a quiz in their order, counted from 0';
    return unprocessable('invalid_options', words);
  }
  if (explanation.split('\n').length > 3)
    return unprocessable('invalid_options', 'options.poll.explanation has at most 3 lines');
  return checkText(question, QUESTION);
}

/** Photos and videos mix; documents and audio stand only among their own kind. A voice note stands alone. */
function checkAlbum(body: Body, album: NonNullable<Options['album']>): Problem | undefined {
  const kind = albumKindOf(body.type);
  const isAlbum = kind !== undefined && album.every(({ media_type = body.type }) => albumKindOf(media_type) === kind);
  return isAlbum ? undefined : notWith('album', 'photos and videos, or documents, or audio, of one kind');
}

function albumKindOf(type: string): string | undefined {
  if (type === 'image' || type === 'video') return 'visual';
  return type === 'document' || type === 'audio' ? type : undefined;
}
