import { randomInt } from 'node:crypto';

/** Letters and digits without those that are read as another: no 0 O, 1 I l. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** How many characters a code has. */
export const CODE_LENGTH = 10;
const FORM = new RegExp(`^[${ALPHABET}]{${CODE_LENGTH}}$`);

/** Ten characters of a cryptographic generator: 57^10 of them, so that nobody finds a link by trying. */
export function newLinkCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** Whether it can be one of ours. */
export function isLinkCode(text: string): boolean {
  return FORM.test(text);
}

/** The code that an address below `/l/` begins with: phones take what follows a link without a space, also in Arabic, for a part of it. */
export function codeIn(path: string): string | undefined {
  const [code = ''] = /^[A-Za-z0-9]*/.exec(path) ?? [];
  return isLinkCode(code) ? code : undefined;
}
