/** A text with what of it is selected, in UTF-16 units. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** How the API's Markdown marks each style. */
export const marks = { bold: '**', italic: '_', strikethrough: '~~', code: '`' } as const;

export type MarkedStyle = keyof typeof marks;

/** Puts marks around what is selected, or takes them away. Spaces at its edges stay outside, where marks would not be read as such. */
export function toggleMark(selected: Selected, style: MarkedStyle): Selected {
  const mark = marks[style];
  const { text, start, end } = withoutSpaces(selected);
  const isMarked = text.slice(0, start).endsWith(mark) && text.startsWith(mark, end);
  return isMarked ? unmarked({ text, start, end }, mark.length) : marked({ text, start, end }, mark);
}

function marked({ text, start, end }: Selected, mark: string): Selected {
  const shifted = text.slice(0, start) + mark + text.slice(start, end) + mark + text.slice(end);
  return { text: shifted, start: start + mark.length, end: end + mark.length };
}

function unmarked({ text, start, end }: Selected, length: number): Selected {
  const shifted = text.slice(0, start - length) + text.slice(start, end) + text.slice(end + length);
  return { text: shifted, start: start - length, end: end - length };
}

export function withoutSpaces({ text, start, end }: Selected): Selected {
  const words = text.slice(start, end);
  if (words.trim() === '') return { text, start: end, end };
  const before = words.length - words.trimStart().length;
  return { text, start: start + before, end: start + words.trimEnd().length };
}
