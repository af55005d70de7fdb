import type { LocalTime } from '../local-time.ts';
import { LIMITS } from './occurrences.ts';
import { ruleText } from './rule.ts';
import type { Rule } from './rule.ts';

/** What a message may come as often as, in minutes. */
export const LEAST_MINUTES = 15;

const MINUTE_MS = 60_000;
const DAY = 24 * 60;
/** After so many years dates fall on the same weekdays again. */
const YEARS = 28;
/** What comes so often without being too close is not looked at for all those years: eight years of every day. */
const MOST_COUNTED = 3_000;

/**
 * Whether completed rules ever come twice within a quarter of an hour, on the wall clock and without regard to their end. Rules that hold together have the
 * same frequency, and each of their times on each of their days.
 */
export async function isTooOften(rules: Rule[], start: LocalTime): Promise<boolean> {
  if (rules.every(({ FREQ, INTERVAL }) => FREQ[0] === 'MINUTELY' && intervalOf(INTERVAL) >= LEAST_MINUTES))
    return false;
  const minutes = [...new Set(rules.flatMap((rule) => minutesOf(rule, start)))].toSorted((a, b) => a - b);
  const isClose = minutes.some((minute, index) => minute - (minutes[index - 1] ?? -DAY) < LEAST_MINUTES);
  const isCloseOverNight = DAY - (minutes.at(-1) ?? 0) + (minutes[0] ?? 0) < LEAST_MINUTES;
  if (!isClose && !isCloseOverNight) return false;
  if (rules.some(isIrregular)) return comesWithin(LEAST_MINUTES, rules, start);
  return isClose || comesWithin(DAY + 1, rules.map(dayOnly), `${start.slice(0, 10)}T00:00:00`);
}

/** The minutes of a day, or of an hour that has none next to it, at which a rule may come. */
function minutesOf({ FREQ: [frequency], INTERVAL, BYHOUR, BYMINUTE }: Rule, start: LocalTime): number[] {
  const isAlone = frequency === 'HOURLY' && intervalOf(INTERVAL) > 1;
  const hours = isAlone ? [0] : (BYHOUR?.map(Number) ?? upTo(24));
  const minutes = BYMINUTE?.map(Number) ?? upTo(60);
  // every fifth minute stays the same from hour to hour, every seventh wanders
  const step = frequency === 'MINUTELY' ? commonDivisor(60, intervalOf(INTERVAL)) : 1;
  const first = Number(start.slice(14, 16)) % step;
  return hours.flatMap((hour) =>
    minutes.filter((minute) => minute % step === first).map((minute) => hour * 60 + minute),
  );
}

/** Does not come at each of its times on each of its days. */
function isIrregular({ FREQ: [frequency], INTERVAL, BYSETPOS }: Rule): boolean {
  return BYSETPOS !== undefined || (frequency === 'MINUTELY' && 60 % intervalOf(INTERVAL) !== 0);
}

/** The days of a rule, once each. */
function dayOnly({ FREQ, INTERVAL, ...rest }: Rule): Rule {
  const isFine = FREQ[0] === 'HOURLY' || FREQ[0] === 'MINUTELY';
  const days = isFine ? { FREQ: ['DAILY'] as Rule['FREQ'] } : { FREQ, ...(INTERVAL && { INTERVAL }) };
  return { ...rest, ...days, BYHOUR: ['0'], BYMINUTE: ['0'], BYSECOND: ['0'] };
}

/** Whether two different moments of the rules lie less than so many minutes apart. */
async function comesWithin(minutes: number, rules: Rule[], start: LocalTime): Promise<boolean> {
  const { RRuleTemporal } = await import('rrule-temporal');
  const end = Date.parse(`${start}Z`) + YEARS * 366 * DAY * MINUTE_MS;
  const isClose = (one: number, other: number) => one !== other && other - one < minutes * MINUTE_MS;
  const moments = [...new Set(rules.map(ruleText))].flatMap((text) => {
    const head = `DTSTART:${start.replaceAll(/[-:]/g, '')}Z\nRRULE:`;
    const found: number[] = [];
    const take = ({ epochMilliseconds: moment }: { epochMilliseconds: number }) => {
      const isFound = isClose(found.at(-1) ?? -Infinity, moment);
      found.push(moment);
      return !isFound && moment < end && found.length < MOST_COUNTED;
    };
    untilLimit(() => new RRuleTemporal({ rruleString: head + text, ...LIMITS }).all(take));
    return found;
  });
  const sorted = moments.toSorted((a, b) => a - b);
  return sorted.some((moment, index) => isClose(sorted[index - 1] ?? -Infinity, moment));
}

/** A rule that comes no more, a 30th of February, is looked for until a limit. */
function untilLimit(expand: () => void): void {
  try {
    expand();
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('Maximum '))) throw error;
  }
}

function intervalOf(interval: string[] = ['1']): number {
  return Number(interval[0]);
}

function upTo(end: number): number[] {
  return Array.from({ length: end }, (_, each) => each);
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
