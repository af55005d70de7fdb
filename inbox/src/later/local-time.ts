/** A time on this machine's clock as `datetime-local` fields have it: `2026-03-01T09:00`. */
export function toLocal(at: Date): string {
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The moment that a `datetime-local` field names; null when it names none. */
export function fromLocal(text: string): Date | null {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at;
}

/** This machine's zone, by its name in the time zone database. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export interface QuickTime {
  name: 'inAnHour' | 'tomorrowAt' | 'sundayAt';
  at: Date;
}

const MORNING = 9;
const SUNDAY = 0;

/** What people mostly choose: in an hour, tomorrow at nine, and the week's first morning where that is not tomorrow. */
export function quickTimes(now: Date): QuickTime[] {
  const inAnHour = new Date(now.getTime() + 3_600_000);
  const daysToSunday = (7 - now.getDay() + SUNDAY) % 7 || 7;
  return [
    { name: 'inAnHour', at: inAnHour },
    { name: 'tomorrowAt', at: morningAfter(now, 1) },
    ...(daysToSunday === 1 ? [] : [{ name: 'sundayAt' as const, at: morningAfter(now, daysToSunday) }]),
  ];
}

function morningAfter(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
