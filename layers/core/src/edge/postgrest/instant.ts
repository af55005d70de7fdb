const shape =
  /^\s*([1-9]\d{3})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?\s*$/i;

/**
 * Milliseconds since the epoch, with a fraction for microseconds, of an ISO 8601 timestamp as Postgres reads it: a
 * missing zone is UTC. Undefined when the text is not one.
 */
export function parseInstant(text: string): number | undefined {
  const found = shape.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = found;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = date.getTime() / 1000 + Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return (seconds - zoneSeconds(zone)) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6)) / 1000;
}

/** The UTC timestamp of an instant, rounded to the millisecond. */
export function formatInstant(instant: number, round: (n: number) => number): string {
  return new Date(round(instant)).toISOString();
}

function zoneSeconds(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes) * 60;
  return sign === '-' ? -seconds : seconds;
}
