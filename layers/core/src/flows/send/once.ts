import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { refuse } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { answerKey, claimKey, releaseKey } from '../../store/idempotency.ts';
import type { Answer } from '../../store/idempotency.ts';
import type { Principal } from '../access/authenticate.ts';

/** A repetition waits this long for the answer of the first, and looks this often. */
const WAIT_MS = 15_000;
const LOOK_MS = 50;
/** The function that runs the first has 29 s in all. */
const AGAIN_S = 15;

export type Once = { ok: true; answer: Answer } | { ok: false; problem: Problem };

/**
 * Does a request once, however often it comes under one key: the repetitions get the answer of the first. `work` may run twice when the first died
 * over it, both times with the same `at`, from which it derives the same ids.
 */
export async function once(
  { organizationId }: Principal,
  key: string,
  request: string,
  work: (attempt: { at: number; again: boolean }) => Promise<Answer>,
): Promise<Once> {
  if (key.length > 255 || key.length === 0)
    return refuse(400, 'invalid_idempotency_key', `'Idempotency-Key' must have 1 to 255 characters`);
  const fingerprint = createHash('sha256').update(request).digest('base64url');
  const until = Date.now() + WAIT_MS;
  for (;;) {
    const now = Date.now();
    const claim = await claimKey(organizationId, key, fingerprint, now);
    if (claim.outcome === 'answered') return { ok: true, answer: claim.answer };
    if (claim.outcome === 'other') return refuse(422, 'idempotency_key_reused', REUSED);
    if (claim.outcome === 'first') {
      const attempt = { at: claim.startedAt, again: claim.startedAt !== now };
      return { ok: true, answer: await answered(organizationId, key, () => work(attempt)) };
    }
    if (now > until)
      return refuse(409, 'request_running', `The first request under this 'Idempotency-Key' is still running`, {
        retryAfterS: AGAIN_S,
      });
    await delay(LOOK_MS);
  }
}

const REUSED = `This 'Idempotency-Key' was used for another request. A key names one request; make a new one for a new request.`;

async function answered(
  organization: Principal['organizationId'],
  key: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await work();
    await answerKey(organization, key, answer);
    return answer;
  } catch (error) {
    await releaseKey(organization, key);
    throw error;
  }
}
