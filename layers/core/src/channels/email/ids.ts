import type { ConversationId } from '../../domain/id.ts';
import { parseReference } from '../../domain/reference.ts';
import { hmacHex, sameSecret } from '../shared/secrets.ts';
import { partsOf } from './address.ts';

/**
 * A Message-ID that says which attempt it is of, and proves it: whoever answers, or bounces, need not be looked up. The same for the
 * same attempt.
 */
export function messageIdOf(reference: string, secret: string, domain: string): string {
  return `${reference}.${proof(secret, `message\n${reference}`)}@${domain}`;
}

/** The reference in a Message-ID of ours; undefined when it is not, or another account's. */
export function referenceIn(messageId: string, secret: string): string | undefined {
  const [, reference = '', given] = /^(msg_.{30,120})\.([0-9a-f]{16})@/.exec(messageId) ?? [];
  if (!parseReference(reference)) return undefined;
  return sameSecret(given, proof(secret, `message\n${reference}`)) ? reference : undefined;
}

/** The account's own address for answers in one conversation. Undefined where an address may not be that long. */
export function replyAddressOf(inbound: string, conversation: ConversationId, secret: string): string | undefined {
  const uuid = conversation.slice('conv_'.length);
  return tagged(inbound, toBase36(uuid, UUID_LENGTH) + shortProof(secret, `conversation\n${uuid}`));
}

/** The conversation that an address was made for. */
export function conversationIn(address: string, secret: string): ConversationId | undefined {
  const token = tokenIn(address, UUID_LENGTH + PROOF_LENGTH);
  if (token === undefined) return undefined;
  const uuid = uuidOf(token.slice(0, UUID_LENGTH));
  return sameSecret(token.slice(UUID_LENGTH), shortProof(secret, `conversation\n${uuid}`))
    ? (`conv_${uuid}` as ConversationId)
    : undefined;
}

/** `in+<account>`: the address of an account at a domain whose mail comes to us, for a mailbox to forward to. */
export function aliasOf(account: string): string {
  return `in+${toBase36(account.slice('acc_'.length), UUID_LENGTH)}`;
}

/** The account that an alias, with or without a conversation behind it, is of. */
export function accountIn(address: string): string | undefined {
  const { base, tag } = partsOf(address);
  const [account = ''] = tag.split('.');
  return base === 'in' && /^[0-9a-z]{25}$/.test(account) ? `acc_${uuidOf(account)}` : undefined;
}

/** Of 128 bits, in digits that survive a change of case. */
export const UUID_LENGTH = 25;
/** Of 40 bits. */
export const PROOF_LENGTH = 8;

/** The address with a token in its tag, behind a tag of its own. Undefined where an address may not be that long. */
export function tagged(address: string, token: string): string | undefined {
  const { base, tag, domain } = partsOf(address);
  const local = `${base}+${tag === '' ? '' : `${tag}.`}${token}`;
  return local.length <= 64 ? `${local}@${domain}` : undefined;
}

/** The last part of an address's tag, when it is of that many digits. */
export function tokenIn(address: string, length: number): string | undefined {
  const token = partsOf(address).tag.split('.').at(-1)?.toLowerCase() ?? '';
  return token.length === length && /^[0-9a-z]+$/.test(token) ? token : undefined;
}

/** 40 bits that only who has the secret can tell. */
export function shortProof(secret: string, text: string): string {
  return toBase36(proof(secret, text).slice(0, 10), PROOF_LENGTH).slice(-PROOF_LENGTH);
}

/** `length`: of what is written, zeros in front */
export function toBase36(hex: string, length: number): string {
  return BigInt(`0x${hex.replaceAll('-', '')}`)
    .toString(36)
    .padStart(length, '0');
}

/** The number that digits stand for, in hex, without zeros in front. */
export function hexOf(base36: string): string {
  let value = 0n;
  for (const digit of base36) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value.toString(16);
}

/** The 128 bits that digits stand for, as a uuid is written. */
export function uuidOf(base36: string): string {
  const hex = hexOf(base36).padStart(32, '0').slice(-32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function proof(secret: string, text: string): string {
  return hmacHex('sha256', secret, text).slice(0, 16);
}
