/** Longer than any calendar day: 24 hours, one more where clocks go back, and some for zones that change theirs. */
const LONGEST_DAY_MS = 50 * 3_600_000;

/** The first moment (ms) after `at` that belongs to another calendar day in a time zone. Throws when the zone is not known. */
export function endOfDay(at: number, timeZone: string): number {
  const dayOf = calendar(timeZone);
  const today = dayOf(at);
  let [within, beyond] = [Math.floor(at), Math.ceil(at) + LONGEST_DAY_MS];
  while (beyond - within > 1) {
    const middle = Math.floor((within + beyond) / 2);
    if (dayOf(middle) === today) within = middle;
    else beyond = middle;
  }
  return beyond;
}

/** Whether calendars know it: a name of the time zone database, or an offset. */
export function isTimeZone(name: unknown): name is string {
  if (typeof name !== 'string' || name === '') return false;
  try {
    calendar(name);
    return true;
  } catch {
    return false;
  }
}

function calendar(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (at) => format.format(at);
}
