import type { Span } from './rich-text/spans.ts';

/**
 * A web address ends at a space; at quotes, angle and full-width brackets; at the punctuation of Arabic and of East Asia, which no
 * address has unescaped; and at the marks that only say which way text runs.
 */
const ADDRESS = /https?:\/\/[^\s<>"«»“”‹›`\\،؛؟۔。、，；：！？（）【】「」\p{Cf}]+/giu;

/** Behind an address this ends the sentence and not the address. */
const BEHIND = /[.,:;!?'’*_~|…\u066a-\u066d]$/u;

const brackets: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** The web addresses in a text, in order. Only those with their scheme: a bare name may be anything. */
export function findLinks(text: string): Span[] {
  return Array.from(text.matchAll(ADDRESS), ({ index, 0: found }) => {
    return { start: index, end: index + withoutTail(found).length };
  }).filter(({ start, end }) => isWebAddress(text.slice(start, end)));
}

/** A page that a browser can open, with nobody's password in its address. */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return hostname !== '' && username === '' && password === '';
}

/** A closing bracket belongs to the address that has the opening one. */
function withoutTail(address: string): string {
  let rest = address;
  while (BEHIND.test(rest) || isUnopened(rest)) rest = rest.slice(0, -1);
  return rest;
}

function isUnopened(address: string): boolean {
  const close = address.at(-1) ?? '';
  const open = brackets[close];
  return open !== undefined && address.split(close).length > address.split(open).length;
}
