/** A letter or digit, with what may stand on it, ends before this place. */
export function wordEndsAt(text: string, at: number): boolean {
  const before = text.codePointAt(at - 2) ?? 0;
  return isWord(before > 0xff_ff ? String.fromCodePoint(before) : text[at - 1]);
}

/** A letter or digit starts at this place. */
export function wordStartsAt(text: string, at: number): boolean {
  const next = text.codePointAt(at);
  return next !== undefined && isWord(String.fromCodePoint(next));
}

/** Nothing, or a space. */
export function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}

/** Where a web address that starts here ends, without the punctuation behind it; the place itself where none starts. */
export function addressEnd(text: string, at: number, sticky = /https?:\/\/[^\s`]+/iy): number {
  if (text[at] !== 'h' && text[at] !== 'H') return at;
  sticky.lastIndex = at;
  if (!sticky.test(text)) return at;
  let end = sticky.lastIndex;
  while (/[*_~|.,:;!?)\u200b]/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

/** What turns a sign into an emoji stands on it like an accent, and makes no word of it. */
function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character) && !/[\ufe0e\ufe0f\u20e3]/.test(character);
}
