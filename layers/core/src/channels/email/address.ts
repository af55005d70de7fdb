import type { Identity } from '../../domain/contact.ts';

/** RFC 5321, 4.5.3.1 */
const MOST_LOCAL = 64;
const MOST_CHARACTERS = 254;

/** An address as people write it, alone or behind a name: `mona@example.com`, `Mona <mona@example.com>`. */
export function recipient(text: string): Identity | undefined {
  const value = addressOf(/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text);
  return value === undefined ? undefined : { kind: 'email', value };
}

/**
 * One form for every spelling of an address: lower case, for no server tells capitals apart, letters put together (RFC 6532, 3.1), and
 * the domain in ASCII. Undefined when it is none.
 */
export function addressOf(text: string): string | undefined {
  const bare = text.trim();
  const at = bare.lastIndexOf('@');
  const local = bare.slice(0, at).toLowerCase().normalize('NFC');
  const domain = domainOf(bare.slice(at + 1));
  if (at < 1 || local.length > MOST_LOCAL || domain === undefined || !LOCAL.test(local)) return undefined;
  return local.length + domain.length < MOST_CHARACTERS ? `${local}@${domain}` : undefined;
}

/** The parts of an address that has a tag: `in+tag@example.com`. */
export function partsOf(address: string): { base: string; tag: string; domain: string } {
  const at = address.lastIndexOf('@');
  const [base = '', ...tag] = address.slice(0, at).split('+');
  return { base, tag: tag.join('+'), domain: address.slice(at + 1) };
}

/** A dot-atom (RFC 5322, 3.2.3), letters of other scripts included with their marks (RFC 6531). A quoted local part is nobody's address. */
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

function domainOf(text: string): string | undefined {
  const lower = text.toLowerCase();
  // UTS 46 knows three more full stops
  if (!/^[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]+$/u.test(lower)) return undefined;
  const ascii = URL.parse(`http://${lower}`)?.hostname ?? '';
  return DOMAIN.test(ascii) ? ascii : undefined;
}
