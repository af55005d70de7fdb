import type { Address, Email } from 'postal-mime';
import { addressOf } from '../address.ts';

/** Where headers end in a mail of which nothing more can be read. */
const MOST_HEADER_BYTES = 256 * 1024;

/** The value of a header, the first of that name; names are lower case. */
export function headerOf({ headers }: Pick<Email, 'headers'>, name: string): string | undefined {
  return headers.find(({ key }) => key === name)?.value.trim();
}

/** The Message-IDs in a header, without their angle brackets, in order, each once. */
export function idsIn(text: string | undefined): string[] {
  return [...new Set(Array.from((text ?? '').slice(0, 32_768).matchAll(/<([^<>\s]{1,998})>/g), ([, id = '']) => id))];
}

/** The addresses of a header, groups opened. */
export function addressesIn(list: Address[] | undefined): { address: string; name: string }[] {
  return (list ?? []).flatMap(({ name, address, group }) => (group ? addressesIn(group) : usable(address, name)));
}

function usable(text: string | undefined, name: string | undefined): { address: string; name: string }[] {
  const address = addressOf(text ?? '');
  return address === undefined ? [] : [{ address, name: oneLine(name ?? '', 100) }];
}

/** Text without the unseen marks that say which way it runs: Arabic programs write them before what others begin with. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '').trim();
}

/** Text as one line without signs that steer a screen or turn its direction around. */
export function oneLine(text: string, most: number): string {
  return text
    .slice(0, 4 * most)
    .replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed();
}

/** What can still be told of a mail that a parser gave up on: its headers, undecoded. */
export function bareHeaders(bytes: Uint8Array): Map<string, string> {
  const text = new TextDecoder().decode(bytes.subarray(0, MOST_HEADER_BYTES));
  const [head = ''] = text.split(/\r?\n\r?\n/, 1);
  const found = new Map<string, string>();
  for (const line of head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (name !== '' && !found.has(name)) found.set(name, line.slice(colon + 1).trim());
  }
  return found;
}
