/** What words can say a message comes again every one of. Apart from what reads them: every send knows them, and few come again. */
export const units = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
/** How long a period is, in words. */
export type Unit = (typeof units)[number];

/** More than a year of quarters of an hour. */
export const MOST_TIMES = 40_000;
