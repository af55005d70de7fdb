import { parseMessageId } from '../../domain/id.ts';
import type { ConversationId } from '../../domain/id.ts';
import { parseReference } from '../../domain/reference.ts';
import type { ReturnPath } from '../contract.ts';
import { sameSecret } from '../shared/secrets.ts';
import { hexOf, PROOF_LENGTH, shortProof, tagged, toBase36, tokenIn, UUID_LENGTH, uuidOf } from './ids.ts';

/**
 * The address that a mail's return path is: its tag says which attempt at which message, and proves it. For reports that say nothing
 * else of what they are about. Undefined where an address may not be that long, or there were too many attempts to count in it.
 */
export function returnPathOf(bounceAddress: string, reference: string, secret: string): string | undefined {
  const { id = '', attempt = MOST_ATTEMPTS } = parseReference(reference) ?? {};
  const { uuid, conversationId } = parseMessageId(id) ?? {};
  if (uuid === undefined || conversationId === undefined || attempt >= MOST_ATTEMPTS) return undefined;
  const start = uuid.replaceAll('-', '').slice(0, 16);
  const named =
    toBase36(conversationId.slice('conv_'.length), UUID_LENGTH) + toBase36(start, START_LENGTH) + attempt.toString(36);
  return tagged(bounceAddress, named + shortProof(secret, `return path\n${named}`));
}

/** The attempt that a return path of ours was made for. */
export function returnPathIn(address: string, secret: string): ReturnPath | undefined {
  const token = tokenIn(address, NAMED_LENGTH + PROOF_LENGTH);
  const named = token?.slice(0, NAMED_LENGTH) ?? '';
  if (!sameSecret(token?.slice(NAMED_LENGTH), shortProof(secret, `return path\n${named}`))) return undefined;
  return {
    conversation: `conv_${uuidOf(named.slice(0, UUID_LENGTH))}` as ConversationId,
    start: hexOf(named.slice(UUID_LENGTH, -1)).padStart(16, '0'),
    attempt: Number.parseInt(named.slice(-1), 36),
  };
}

/** Of the first 64 bits of a message's uuid: its time, and what tells it from others of the same millisecond. */
const START_LENGTH = 13;
/** Those behind their conversation, and a digit for the attempt. */
const NAMED_LENGTH = UUID_LENGTH + START_LENGTH + 1;
const MOST_ATTEMPTS = 36;
