import { processorMs } from '../test/support/processor-time.ts';
import { hostileTexts } from './hostile-texts.ts';
import { median } from './statistics.ts';

/** How a reader's time grows when its text becomes twice as long: 2 is in proportion, 4 is with the square. */
export interface Growth {
  reader: string;
  /** the part that the text is made of for which it grows most */
  part: string;
  ratio: number;
  /** ms of the processor for the shorter text */
  took: number;
}

export const GROWTH_BUDGET = 2.6;

/** The shorter text, in UTF-16 units: all that a channel takes, many times over. */
export const LENGTH = 100_000;

const MEASUREMENTS = 4;
/** What is quick is measured more often, because the collector's work shows in it. */
const ROUNDS = { least: 5, most: 25, enoughMs: 300 };

/** Of each reader the text that it is slowest in getting through. */
export function measureGrowth(): Growth[] {
  return hostileTexts.map(({ reader, parts, read }) => {
    const all = parts.map((part) => steadyGrowthOf(reader, part, read));
    return all.reduce((worst, one) => (one.ratio > worst.ratio ? one : worst));
  });
}

/** The least of a few measurements: what is slow is slow in each, and what the collector did in one it does not do in all. */
function steadyGrowthOf(reader: string, part: string, read: (text: string) => unknown): Growth {
  let least = growthOf(reader, part, read);
  for (let more = MEASUREMENTS - 1; more > 0 && least.ratio > GROWTH_BUDGET; more--) {
    const again = growthOf(reader, part, read);
    if (again.ratio < least.ratio) least = again;
  }
  return least;
}

function growthOf(reader: string, part: string, read: (text: string) => unknown): Growth {
  const [text, twice] = [repeated(part, LENGTH), repeated(part, 2 * LENGTH)];
  const [once, longer]: [number[], number[]] = [[], []];
  read(twice);
  for (let spent = 0; once.length < ROUNDS.least || (spent < ROUNDS.enoughMs && once.length < ROUNDS.most);) {
    once.push(processorMs(() => read(text)));
    longer.push(processorMs(() => read(twice)));
    spent += (once.at(-1) ?? 0) + (longer.at(-1) ?? 0);
  }
  const took = median(once);
  // what takes less than a millisecond is not read at all
  return { reader, part, ratio: median(longer) / Math.max(took, 1), took };
}

function repeated(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length));
}
