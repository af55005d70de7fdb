import { parseReference } from '../../domain/reference.ts';
import type { ConversationId } from '../../domain/id.ts';
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
  const { base, tag, domain } = partsOf(inbound);
  const uuid = conversation.slice('conv_'.length);
  const token = toBase36(uuid) + toBase36(proof(secret, `conversation\n${uuid}`).slice(0, 10)).slice(-PROOF_LENGTH);
  const local = `${base}+${tag === '' ? '' : `${tag}.`}${token}`;
  return local.length <= 64 ? `${local}@${domain}` : undefined;
}

/** The conversation that an address was made for. */
export function conversationIn(address: string, secret: string): ConversationId | undefined {
  const token = partsOf(address).tag.split('.').at(-1)?.toLowerCase() ?? '';
  if (!/^[0-9a-z]+$/.test(token) || token.length !== UUID_LENGTH + PROOF_LENGTH) return undefined;
  const uuid = uuidOf(token.slice(0, UUID_LENGTH));
  const expected = toBase36(proof(secret, `conversation\n${uuid}`).slice(0, 10)).slice(-PROOF_LENGTH);
  return sameSecret(token.slice(UUID_LENGTH), expected) ? (`conv_${uuid}` as ConversationId) : undefined;
}

/** `in+<account>`: the address of an account at a domain whose mail comes to us, for a mailbox to forward to. */
export function aliasOf(account: string): string {
  return `in+${toBase36(account.slice('acc_'.length))}`;
}

/** The account that an alias, with or without a conversation behind it, is of. */
export function accountIn(address: string): string | undefined {
  const { base, tag } = partsOf(address);
  const [account = ''] = tag.split('.');
  return base === 'in' && /^[0-9a-z]{25}$/.test(account) ? `acc_${uuidOf(account)}` : undefined;
}

/** 128 bits in digits that survive a change of case */
const UUID_LENGTH = 25;
/** 40 bits */
const PROOF_LENGTH = 8;

function toBase36(hex: string): string {
  const bare = hex.replaceAll('-', '');
  return BigInt(`0x${bare}`)
    .toString(36)
    .padStart(bare.length === 32 ? UUID_LENGTH : PROOF_LENGTH, '0');
}

function uuidOf(base36: string): string {
  let value = 0n;
  for (const digit of base36) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  const hex = (value & ((1n << 128n) - 1n)).toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function proof(secret: string, text: string): string {
  return hmacHex('sha256', secret, new TextEncoder().encode(text)).slice(0, 16);
}
