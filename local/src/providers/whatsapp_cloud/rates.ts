import { createBuckets, type Rule } from '../buckets.ts';
import type { GraphProblem } from './errors.ts';

/** How fast a number may send, and how fast to one customer. */
export interface Rates {
  /** Counts one message; the problem when it is too many. */
  take(number: string, customer: string): GraphProblem | undefined;
  /** Gives a number another throughput, in messages per second. */
  change(number: string, perSecond: number): void;
}

/** "Throughput": 80 a second; and one in 6 seconds to one customer, of which up to 45 may be had in advance. */
const throughput = 80;
const pair: Rule = { burst: 45, each: 6000 };

export function createRates(now: () => number): Rates {
  const buckets = createBuckets(now);
  const changed = new Map<string, number>();
  const ruleOf = (number: string): Rule => {
    const perSecond = changed.get(number) ?? throughput;
    return { burst: perSecond, each: 1000 / perSecond };
  };
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
    change: (number, perSecond) => void changed.set(number, perSecond),
  };
}
