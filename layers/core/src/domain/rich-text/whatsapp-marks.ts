import type { EntityType } from '../body.ts';
import type { Span } from './spans.ts';
import { addressEnd, isSpace, wordEndsAt, wordStartsAt } from './words.ts';

/** What WhatsApp's apps read as formatting of a stretch of a line. */
export const markOf = { bold: '*', italic: '_', strikethrough: '~', code: '`' } as const;

/** A sign that formats what stands between two of it. */
export type Mark = (typeof markOf)[keyof typeof markOf];

const types: Record<Mark, EntityType> = { '*': 'bold', _: 'italic', '~': 'strikethrough', '`': 'code' };

/** Around a sign that is meant as a sign and would be read as a mark. */
export const SHIELD = '\u200b';

/** Around code of several lines. */
export const FENCE = '```';

/** What a sign marks; undefined when it is none of WhatsApp's. */
export function typeOfMark(sign: string): EntityType | undefined {
  return Object.hasOwn(types, sign) ? types[sign as Mark] : undefined;
}

/** A mark opens behind anything but a letter or digit, and before anything but a space. */
export function canOpen(text: string, at: number): boolean {
  return !wordEndsAt(text, at) && !isGap(text[at + 1]);
}

/** It closes in mirror image. */
export function canClose(text: string, at: number): boolean {
  return !isGap(text[at - 1]) && !wordStartsAt(text, at + 1);
}

/** Web addresses, in which no sign is a mark. */
export function addressesIn(text: string): Span[] {
  const found: Span[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const end = addressEnd(text, at);
    if (end > at) found.push({ start: at, end });
    at = Math.max(at, end - 1);
  }
  return found;
}

/** Nothing, a space or a shield: no mark stands on it. */
export function isGap(character: string | undefined): boolean {
  return character === SHIELD || isSpace(character);
}
