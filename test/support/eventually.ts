import { setTimeout as delay } from 'node:timers/promises';
import { nextChange } from './changes.ts';

/** Nothing takes so long, however slow the machine. How fast things are is for bench/ to say. */
const HANGS_MS = 120_000;
/** A look costs more than the wait for what is written next; on a busy machine far more, so that at most a quarter of its time goes into looking. */
const SHORTEST_WAIT_MS = 15;
const WAIT_PER_LOOK = 3;
/** For what is not written into a table of this process: what phones show, what providers were asked, and what another process does. */
const LONGEST_WAIT_MS = 100;

/** Waits until `look` finds something, and looks whenever something was written; if it hangs, says what it was waiting for. */
export async function eventually<T>(
  what: string | (() => string),
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const until = Date.now() + HANGS_MS;
  for (let wait = 5; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const change = nextChange();
    const began = Date.now();
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`this never came about: ${typeof what === 'string' ? what : what()}`);
    await delay(Math.max(Math.min(wait, SHORTEST_WAIT_MS), WAIT_PER_LOOK * (Date.now() - began)));
    await Promise.race([change, delay(wait)]);
  }
}
