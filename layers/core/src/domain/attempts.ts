import type { Message } from './message.ts';

const MOST_ATTEMPTS = 5;

/** How often it was tried since it was written, or since an agent asked for it again. */
export function triesOf({ attempt, pastAttempts = [] }: Pick<Message, 'attempt' | 'pastAttempts'>): number {
  return attempt - (pastAttempts.findLast(({ byHand }) => byHand)?.attempt ?? 0);
}

/** Whether a message that the provider refused for now is not tried again. */
export function isUsedUp(message: Pick<Message, 'attempt' | 'pastAttempts'>): boolean {
  return triesOf(message) >= MOST_ATTEMPTS;
}

/** A provider that has not taken a message within so many days takes it no more: as long as one waits for its account's turn. */
const LONGEST_LIMITED_MS = 12 * 24 * 3_600_000;

/** Whether a message that the provider has limited is not tried again. */
export function isTooLate(
  { storedAt, scheduledAt = 0 }: Pick<Message, 'storedAt' | 'scheduledAt'>,
  now: number,
): boolean {
  return now - Math.max(storedAt, scheduledAt) > LONGEST_LIMITED_MS;
}

/**
 * How far an outgoing message is with its attempt: it waits for its turn, or for its file; it was claimed, and nobody has said what became of it; or it
 * has come to something.
 */
export function stageOf({ preparing, progress, claimedAt }: Message): 'waiting' | 'preparing' | 'asked' | 'finished' {
  if (preparing && !progress.failed) return 'preparing';
  if (Object.keys(progress).length > 0) return 'finished';
  return claimedAt === undefined ? 'waiting' : 'asked';
}

/** How long until the next try (ms): 2 s, 4 s, 8 s …, each up to half as long again, so that many do not come back at once. */
export function backoff(tries: number): number {
  return 1000 * 2 ** tries * (1 + Math.random() / 2);
}
