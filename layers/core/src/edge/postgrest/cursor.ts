/** A place in a text that is being read. */
export interface Cursor {
  readonly text: string;
  at: number;
}

export function cursorOn(text: string): Cursor {
  return { text, at: 0 };
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.text.length;
}

/** Takes what a sticky pattern finds here; undefined, and no move, when it finds nothing. */
export function take(cursor: Cursor, sticky: RegExp): RegExpExecArray | undefined {
  sticky.lastIndex = cursor.at;
  const found = sticky.exec(cursor.text);
  if (!found) return undefined;
  cursor.at += found[0].length;
  return found;
}

/** Takes a name: quoted, or letters, digits, `_`, `$`, inner spaces and dashes. */
export function takeName(cursor: Cursor): string | undefined {
  const quoted = take(cursor, /\s*"((?:[^"\\]|\\[^])*)"\s*/y);
  if (quoted) return unescape(quoted[1] ?? '');
  const bare = take(cursor, /[\p{L}\p{M}\p{N}_$ ]+(?:-(?!>)[\p{L}\p{M}\p{N}_$ ]*)*/uy)?.[0].trim();
  return bare === '' ? undefined : bare;
}

/** Takes one value of a list: quoted when it holds `,` or parentheses, else everything up to them. */
export function takeListValue(cursor: Cursor): string {
  const quoted = take(cursor, /"((?:[^"\\]|\\[^])*)"(?=[,)]|$)/y);
  if (quoted) return unescape(quoted[1] ?? '');
  return take(cursor, /[^,)]*/y)?.[0] ?? '';
}

/** Takes `(a,"b,c")`; undefined when a parenthesis is missing. `()` is the empty list. */
export function takeList(cursor: Cursor): string[] | undefined {
  if (take(cursor, /\s*\(\s*\)\s*/y)) return [];
  if (!take(cursor, /\s*\(/y)) return undefined;
  const values = [takeListValue(cursor)];
  while (take(cursor, /,/y)) values.push(takeListValue(cursor));
  return take(cursor, /\)\s*/y) ? values : undefined;
}

/** Undoes backslash escapes: `\"` is `"`, `\\` is `\`. */
export function unescape(text: string): string {
  return text.replaceAll(/\\([^])/g, '$1');
}
