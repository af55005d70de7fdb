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

/** How long until the next try (ms): 2 s, 4 s, 8 s …, each up to half as long again, so that many do not come back at once. */
export function backoff(tries: number): number {
  return 1000 * 2 ** tries * (1 + Math.random() / 2);
}
