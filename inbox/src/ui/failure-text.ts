import type { Failure } from '../api/http.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import { wordsOfCode } from '../i18n/failure-words.ts';

/** Why something did not work, in the reader's language; as the server says it where its code is not known. */
export function failureText(text: Dictionary, failure: Failure): string {
  return failure.kind === 'network' ? text.networkFailure : (wordsOfCode(text, failure.code) ?? failure.message);
}

/** What the server says of what was written: it may name numbers and names. Of what does not exist, or comes too late, it has no more to say. */
export function particularsOf(failure: Failure, words: string): string[] {
  if (failure.kind === 'network' || failure.status === 400 || failure.status === 404 || failure.status === 409)
    return [];
  return [failure.message, failure.hint ?? ''].filter((each) => each !== '' && each !== words);
}
