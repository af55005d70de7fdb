import { lengthOf } from '../text-length.ts';
import type { TextUnit } from '../text-length.ts';
import { graphemes } from './graphemes.ts';

/**
 * As much of a text as has room, in whole characters as people see them, with «…» behind it when something is cut. Counts as the
 * provider counts.
 */
export function cutText(text: string, max: number, unit: TextUnit): string {
  if (lengthOf(text, unit) <= max) return text;
  const mark = lengthOf('…', unit) <= max ? '…' : '';
  let left = max - lengthOf(mark, unit);
  let kept = 0;
  for (const character of graphemes(text)) {
    left -= lengthOf(character, unit);
    if (left < 0) break;
    kept += character.length;
  }
  return text.slice(0, kept) + mark;
}
