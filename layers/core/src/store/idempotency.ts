import { gunzipSync, gzipSync } from 'node:zlib';
import type { OrganizationId } from '../domain/id.ts';
import { idempotencyKey } from './keys/organization.ts';
import { putItem, updateItem } from './table.ts';

/** What was answered to a request, to be answered to its repetitions. */
export interface Answer {
  status: number;
  body: string;
}

/**
 * What to do with a request under a key. `first`: do it; `startedAt` (ms) is when the key was first used, also for whoever takes over from one who
 * died over it. `other`: the key was used for another request. `running`: someone is at it.
 */
export type Claim =
  | { outcome: 'first'; startedAt: number }
  | { outcome: 'answered'; answer: Answer }
  | { outcome: 'other' }
  | { outcome: 'running' };

const KEPT_S = 24 * 3600;
/** Longer than a request may take (API Gateway ends it after 30 s): whoever has not answered by then is dead. */
const LEASE_MS = 35_000;

/** Takes a caller's key for a request, known by its fingerprint. */
export async function claimKey(
  organization: OrganizationId,
  name: string,
  fingerprint: string,
  now: number,
): Promise<Claim> {
  const key = idempotencyKey(organization, name);
  const fresh = { fingerprint, started: now, claimed: now, ttl: Math.floor(now / 1000) + KEPT_S };
  // DynamoDB deletes what has expired within days, not at once
  const written = await putItem(key, fresh, {
    when: 'attribute_not_exists(#pk) OR #ttl < :now',
    values: { now: now / 1000 },
  });
  if (written.ok) return { outcome: 'first', startedAt: now };
  const known = written.current ?? {};
  if (known['fingerprint'] !== fingerprint) return { outcome: 'other' };
  if (known['answer']) return { outcome: 'answered', answer: unpacked(known['answer'] as Packed) };
  const claimed = Number(known['claimed']);
  if (claimed > now - LEASE_MS) return { outcome: 'running' };
  const taken = await updateItem(key, { set: { claimed: now }, when: '#claimed = :claimed', values: { claimed } });
  return taken.ok ? { outcome: 'first', startedAt: Number(known['started']) } : { outcome: 'running' };
}

/** Keeps what was answered, for whoever asks again within a day. */
export async function answerKey(organization: OrganizationId, name: string, answer: Answer): Promise<void> {
  const packed = { status: answer.status, packed: gzipSync(answer.body).toString('base64') };
  await updateItem(idempotencyKey(organization, name), { set: { answer: packed }, when: 'attribute_exists(#pk)' });
}

/** An item has room for 400 KB. The rows of one request differ little, so that packed they are small. */
interface Packed {
  status: number;
  /** in base64 */
  packed: string;
}

function unpacked({ status, packed }: Packed): Answer {
  return { status, body: gunzipSync(Buffer.from(packed, 'base64')).toString() };
}

/** Gives the key back: nothing was done under it. */
export async function releaseKey(organization: OrganizationId, name: string): Promise<void> {
  await updateItem(idempotencyKey(organization, name), { set: { claimed: 0 }, when: 'attribute_exists(#pk)' });
}
