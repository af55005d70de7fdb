/** Above this a number counts milliseconds: as seconds it would be the year 5138. */
const SECONDS_END = 100_000_000_000;

/** The latest time a UUIDv7 can hold (48 bits). */
const LATEST = 2 ** 48 - 1;

/** Milliseconds from what providers write: seconds or milliseconds, as number or digits, or ISO 8601. Else undefined. */
export function momentOf(value: unknown): number | undefined {
  if (typeof value === 'number') return plausible(value < SECONDS_END ? value * 1000 : value);
  if (typeof value !== 'string') return undefined;
  return /^\d+(\.\d+)?$/.test(value) ? momentOf(Number(value)) : plausible(Date.parse(value));
}

function plausible(ms: number): number | undefined {
  return ms > 0 && ms <= LATEST ? Math.floor(ms) : undefined;
}
