import { matcherOf } from './matcher.ts';
import type { Truth } from './operator-test.ts';
import type { Comparison, Filter, Row } from './query.ts';

// Patterns and literals are read once per query, not once per row.
const matchers = new WeakMap<Comparison, (row: Row) => Truth>();

/** True when SQL's where clause would keep the row: false and unknown both leave it out. */
export function evaluate(filter: Filter, row: Row): boolean {
  return truthOf(filter, row) === true;
}

function truthOf(filter: Filter, row: Row): Truth {
  switch (filter.kind) {
    case 'comparison':
      return matcherFor(filter)(row);
    case 'not':
      return negate(truthOf(filter.filter, row));
    case 'and':
      return decide(filter.filters, row, false);
    default:
      return decide(filter.filters, row, true);
  }
}

/** One deciding value settles a group; without it one unknown makes the group unknown. */
function decide(filters: readonly Filter[], row: Row, deciding: boolean): Truth {
  let truth: Truth = !deciding;
  for (const filter of filters) {
    const part = truthOf(filter, row);
    if (part === deciding) return deciding;
    truth = part === null ? null : truth;
  }
  return truth;
}

function negate(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

function matcherFor(comparison: Comparison): (row: Row) => Truth {
  const known = matchers.get(comparison);
  if (known) return known;
  const built = matcherOf(comparison);
  // A comparison that parseQuery would refuse is unknown for every row.
  const matcher = built.ok ? built.value : () => null;
  matchers.set(comparison, matcher);
  return matcher;
}
