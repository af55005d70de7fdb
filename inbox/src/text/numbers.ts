/** A stretch of text, or a number of several groups of digits. */
export interface TextPart {
  text: string;
  /** where it begins in the text */
  start: number;
  isNumber: boolean;
}

/** A sign right between two digits belongs to them; a blank or a bracket may stand beside another mark. */
const between = String.raw`(?:[,/:\u066b\u066c]|[ \u00a0().-]{1,2})`;
const digits = String.raw`[\d\u0660-\u0669]+`;

/** Phone numbers, prices, dates and the like, in Latin or Arabic digits: behind Arabic letters their groups would change places. */
const grouped = new RegExp(`\\+?${digits}(?:${between}${digits})+|\\+${digits}`, 'gu');

/** These, and a group that is a word by itself: what a line that is too long must not cut in two. */
export const wholeNumbers = new RegExp(
  String.raw`${grouped.source}|(?<!\S)${digits}(?=[\s.,:;!?\u060c\u061b\u061f]|$)`,
  'gu',
);

/** Sets the numbers apart that have to be read from the left in any language. The parts joined give the text back. */
export function numbersApart(text: string, numbers = grouped): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(numbers)) {
    if (index > at) parts.push({ text: text.slice(at, index), start: at, isNumber: false });
    parts.push({ text: found, start: index, isNumber: true });
    at = index + found.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), start: at, isNumber: false });
  return parts;
}
