import { GROWTH_BUDGET, LENGTH, measureGrowth } from './linear.ts';
import { rounded } from './statistics.ts';

/** 5. Whether what reads strangers' texts takes time in proportion to their length, whatever is in them. */
export function reportLinear(): void {
  console.log(
    `\n5. A text of one part over and over, ${LENGTH} signs and twice that (budget of the ratio: ${GROWTH_BUDGET})`,
  );
  console.table(
    measureGrowth().map(({ reader, part, ratio, took }) => ({
      reader,
      'slowest part': JSON.stringify(part),
      milliseconds: rounded(took),
      ratio: rounded(ratio, 2),
      budget: ratio <= GROWTH_BUDGET ? 'kept' : 'missed',
    })),
  );
}

if (import.meta.main) reportLinear();
