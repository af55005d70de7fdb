import type { User } from './store.ts';
import { newRefreshToken } from './tokens.ts';

/** As long as Cognito gives people to choose a password. */
const OPEN_MS = 3 * 60_000;

export type Challenges = ReturnType<typeof openChallenges>;

/** Who has shown a temporary password and is to choose another. Times are in epoch milliseconds. */
export function openChallenges() {
  const open = new Map<string, { username: string; until: number }>();
  return {
    open({ username }: User, now: number): string {
      const session = newRefreshToken();
      open.set(session, { username, until: now + OPEN_MS });
      return session;
    },
    isOpen(session: string, { username }: User, now: number): boolean {
      const challenge = open.get(session);
      return challenge !== undefined && challenge.username === username && now < challenge.until;
    },
    close: (session: string) => void open.delete(session),
  };
}
