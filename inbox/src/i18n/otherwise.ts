import type { MessageWords, Otherwise } from './message-words.ts';

/** The server's sentences on how a message was sent otherwise, as its `degrade` and its plan for files write them. */
const sentences: readonly (readonly [Otherwise, RegExp])[] = [
  ['map link', /^Sent as a link to a map: /],
  ['numbered text', /^Sent as numbered text: /],
  ['template', /^Sent as template /],
  ['text', /^Sent as text: /],
  ['image', /^Sent as image: /],
  ['video', /^Sent as video: /],
  ['audio', /^Sent as audio: /],
  ['document', /^Sent as document: /],
  ['sticker', /^Sent as sticker: /],
  ['within', /^Sent within the message: /],
  ['plain', /^Formatting left out: /],
  ['links', /^Addresses of links written out\./],
];
/** Goes with the one before it. */
const more = / has no place for it\.$/;

/** How a message was sent otherwise, in the reader's language; as the server says it where a sentence is not known. */
export function otherwiseOf({ otherwise }: Pick<MessageWords, 'otherwise'>, said: string): string {
  if (!otherwise) return said;
  const parts = said.split(/(?<=\.) (?=\p{Lu})/u).filter((part) => !more.test(part) || part.startsWith('Sent '));
  const known = parts.map((part) => sentences.find(([, pattern]) => pattern.test(part))?.[0]);
  return known.every((form) => form !== undefined) ? known.map((form) => otherwise[form]).join(' ') : said;
}
