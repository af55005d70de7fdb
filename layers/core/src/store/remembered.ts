/** For so long an answer is taken for still true, unless told otherwise. */
export const KEEP_MS = 30_000;
const KEEP_MISSING_MS = 1_000;
const MOST = 1_000;

/** A lookup whose answers are remembered, until told to forget one, or a newer one. */
export interface Remembered<Args extends readonly string[], T> {
  (...args: Args): Promise<T>;
  forget(...args: Args): void;
  keep(answer: T, ...args: Args): void;
}

/**
 * Remembers the answers of a lookup in this execution environment, so that warm functions make no call for what hardly changes: an answer for 30 s unless told otherwise,
 * a missing one for 1 s, because it may just be being made. Concurrent callers share one lookup; a failed one is not kept.
 */
export function remembered<Args extends readonly string[], T>(
  look: (...args: Args) => Promise<T>,
  keepMs = KEEP_MS,
): Remembered<Args, T> {
  const known = new Map<string, { answer: Promise<T>; until: number }>();
  const remember = (...args: Args): Promise<T> => {
    const key = args.join('\n');
    const entry = known.get(key);
    if (entry && entry.until > Date.now()) return entry.answer;
    if (known.size >= MOST) known.clear();
    const fresh = { answer: look(...args), until: Date.now() + keepMs };
    known.set(key, fresh);
    void settle(fresh, () => known.delete(key));
    return fresh.answer;
  };
  return Object.assign(remember, {
    forget: (...args: Args) => void known.delete(args.join('\n')),
    keep: (answer: T, ...args: Args) =>
      void known.set(args.join('\n'), { answer: Promise.resolve(answer), until: Date.now() + keepMs }),
  });
}

async function settle(entry: { answer: Promise<unknown>; until: number }, forget: () => void): Promise<void> {
  try {
    if ((await entry.answer) === undefined) entry.until = Date.now() + KEEP_MISSING_MS;
  } catch {
    forget();
  }
}
