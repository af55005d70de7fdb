import { createBuckets, type Rule } from '../buckets.ts';
import type { GraphProblem } from '../meta/check.ts';

/** How fast a number may send, and how fast to one customer. */
export interface Rates {
  /** Counts one message; the problem when it is too many. */
  take(number: string, customer: string): GraphProblem | undefined;
  /** Gives a number another throughput, in messages per second, of which a second's may be had at once unless `burst` says otherwise. */
  change(number: string, perSecond: number, burst?: number): void;
}

/** "Throughput": 80 a second; and one in 6 seconds to one customer, of which up to 45 may be had in advance. */
const throughput = 80;
const pair: Rule = { burst: 45, each: 6000 };

export function createRates(now: () => number): Rates {
  const buckets = createBuckets(now);
  const changed = new Map<string, Rule>();
  const ruleOf = (number: string): Rule => changed.get(number) ?? { burst: throughput, each: 1000 / throughput };
  return {
    take: (number, customer) => {
      const wait = buckets.take([
        [number, ruleOf(number)],
        [`${number} ${customer}`, pair],
      ]);
      if (!wait) return undefined;
      return wait.name === number
        ? { code: 130429, details: 'Too many messages were sent from this number in a short time.' }
        : {
            code: 131056,
            details: 'Too many messages were sent from this number to the same customer in a short time.',
          };
    },
    change: (number, perSecond, burst = perSecond) => void changed.set(number, { burst, each: 1000 / perSecond }),
  };
}
