import { phoneNumber, type Identity } from '../../domain/contact.ts';

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
  const bare = address.replace(/:\d+@/, '@');
  if (bare.endsWith('@g.us')) return { kind: 'group', value: bare };
  if (bare.endsWith('@lid')) return { kind: 'lid', value: bare };
  const value = phoneNumber(bare);
  return value === undefined ? undefined : { kind: 'phone', value };
}

/** Status posts, broadcasts and channels are no conversations. */
export function isBroadcast(address: string | undefined): boolean {
  return address !== undefined && /@(broadcast|newsletter)$/.test(address);
}
