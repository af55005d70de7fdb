import type { Counterparty, Identity } from '../../domain/contact.ts';
import { phoneIdentity, whatsAppIdentity } from '../../domain/phone-number.ts';

/**
 * The part of a gateway's message id that stays the same in echoes, receipts and answers: the third of
 * `<fromMe>_<chat>_<id>[_<participant>]`. Other ids are taken as they are.
 */
export function stableId(id: string): string {
  const [fromMe, , own] = id.split('_');
  return (fromMe === 'true' || fromMe === 'false') && own ? own : id;
}

/** `@lid` is WhatsApp's privacy id, which says nothing about the number. */
export function identityOf(address: string | undefined): Identity | undefined {
  if (!address) return undefined;
  const bare = withoutDevice(address);
  if (bare.endsWith('@g.us')) return { kind: 'group', value: bare };
  if (bare.endsWith('@lid')) return { kind: 'lid', value: bare };
  return phoneIdentity(bare);
}

/** Whom a chat is with, from every address that a gateway knows of them: the number first, then the privacy id. */
export function personAt(addresses: (string | undefined)[]): Counterparty['identities'] | undefined {
  const known = addresses.flatMap((address) => identityOf(address) ?? []);
  const [first, ...more] = [
    known.find(({ kind }) => kind === 'phone'),
    known.find(({ kind }) => kind === 'lid'),
    addresses.flatMap((address) => ownDigits(address) ?? [])[0],
  ].filter((identity) => identity !== undefined);
  return first && [first, ...more];
}

/** Only what WhatsApp itself wrote says by which digits it knows a number. */
function ownDigits(address: string | undefined): Identity | undefined {
  return address?.includes('@') ? whatsAppIdentity(withoutDevice(address)) : undefined;
}

/** Status posts, broadcasts and channels are no conversations. */
export function isBroadcast(address: string | undefined): boolean {
  return address !== undefined && /@(broadcast|newsletter)$/.test(address);
}

function withoutDevice(address: string): string {
  return address.replace(/:\d+@/, '@');
}
