/** A stretch of text, or a link found in it. */
export type LinkPart =
  | { kind: 'text'; text: string; start: number }
  | { kind: 'link'; text: string; start: number; url: string };

/** Whitespace, quotes, angle brackets and the marks that reverse text's direction end an address. */
const address = /\bhttps?:\/\/[^\s<>"'`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/giu;
/** Punctuation that belongs to the sentence around an address, Arabic's included. */
const trailing = /[.,;:!?*_~،؛؟»…]$/u;

/** The address as a browser would open it, if it is http or https; null for every other scheme, so that no script runs from a link. */
export function webUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** Finds http and https addresses in plain text. The parts joined give the text back. `start` counts from `base`. */
export function findLinks(text: string, base = 0): LinkPart[] {
  const parts: LinkPart[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const found = withoutTrailing(match[0]);
    const url = webUrl(found);
    if (url === null) continue;
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index), start: base + at });
    parts.push({ kind: 'link', text: found, start: base + match.index, url });
    at = match.index + found.length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at), start: base + at });
  return parts;
}

/** Cuts sentence punctuation, and a closing bracket that was not opened inside the address. */
function withoutTrailing(found: string): string {
  let end = found;
  while (trailing.test(end) || closesOutside(end)) end = end.slice(0, -1);
  return end;
}

function closesOutside(text: string): boolean {
  const open = { ')': '(', ']': '[', '}': '{' }[text.slice(-1)];
  return open !== undefined && text.split(open).length < text.split(text.slice(-1)).length;
}
