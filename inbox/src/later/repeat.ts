import type { Recurrence } from '../api/sending-rows.ts';

export const repeats = ['no', 'day', 'week', 'month'] as const;
const endings = ['never', 'until', 'count'] as const;
type Ending = (typeof endings)[number];

/** How often a message comes, as it is filled in. */
export interface Repeat {
  every: (typeof repeats)[number];
  ending: Ending;
  until: string;
  count: string;
}

export const once: Repeat = { every: 'no', ending: 'never', until: '', count: '10' };

export function isEnding(value: string): value is Ending {
  return endings.some((each) => each === value);
}

/** What is filled in as the API takes it; undefined: it comes once. */
export function recurrenceOf({ every, ending, until, count }: Repeat): Recurrence | undefined {
  if (every === 'no') return undefined;
  switch (ending) {
    case 'never':
      return { every };
    case 'until':
      return { every, until };
    case 'count':
      return { every, count: Number(count) };
  }
}
