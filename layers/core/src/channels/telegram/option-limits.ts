import type { Body } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import { checkText, notWith, unprocessable } from '../shared/limits.ts';
import type { Options } from './options.ts';

const QUESTION = { field: 'message', max: 300, unit: 'utf16' } as const;

/** Some options are about one kind of message only. */
export function checkOptions(body: Body, { poll, album, keyboard }: Options): Problem | undefined {
  const conflicting = [poll, album, keyboard].filter((each) => each !== undefined).length > 1;
  if (conflicting)
    return unprocessable('invalid_options', 'options.poll, options.album and options.keyboard exclude each other');
  if (poll) return body.type === 'text' ? checkPoll(body.text, poll) : notWith('poll', 'a text, the question');
  if (keyboard && body.type === 'interactive') return notWith('keyboard', 'a message without interactive');
  return album && checkAlbum(body, album);
}

function checkPoll(
  question: string,
  { type, correct_option_ids, options }: NonNullable<Options['poll']>,
): Problem | undefined {
  const known = correct_option_ids?.every((id) => id < options.length) ?? true;
  if ((type === 'quiz') !== (correct_option_ids !== undefined) || !known) {
    const words = 'options.poll.correct_option_ids must name options of a quiz, counted from 0';
    return unprocessable('invalid_options', words);
  }
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
