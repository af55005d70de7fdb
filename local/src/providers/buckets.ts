/** A rate: so many at once, and one more after each so many ms. */
export interface Rule {
  burst: number;
  each: number;
}

/** Counts what is taken, by name, against rules. */
export interface Buckets {
  /** Takes one of each. Undefined: there was one of each; else the first name that had none, nothing taken, and the ms until it has. */
  take(names: [name: string, rule: Rule][]): { name: string; afterMs: number } | undefined;
  /** What was taken was not used after all. */
  giveBack(names: [name: string, rule: Rule][]): void;
}

interface Bucket {
  left: number;
  at: number;
}

export function createBuckets(now: () => number): Buckets {
  const buckets = new Map<string, Bucket>();
  const leftOf = (name: string, { burst, each }: Rule): number => {
    const { left, at } = buckets.get(name) ?? { left: burst, at: now() };
    return Math.min(burst, left + (now() - at) / each);
  };
  return {
    take: (names) => {
      for (const [name, rule] of names) {
        const left = leftOf(name, rule);
        if (left < 1) return { name, afterMs: (1 - left) * rule.each };
      }
      for (const [name, rule] of names) buckets.set(name, { left: leftOf(name, rule) - 1, at: now() });
      return undefined;
    },
    giveBack: (names) => {
      for (const [name, rule] of names) buckets.set(name, { left: leftOf(name, rule) + 1, at: now() });
    },
  };
}
