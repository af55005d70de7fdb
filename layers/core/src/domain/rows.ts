/** A row as clients get it: snake_case, times in ISO 8601 UTC, every column always there. */
export type Row = Record<string, unknown>;

/** Gives a link to a stored file, good for a while. */
export type SignMedia = (key: string) => string;

/** A time (ms) as a row has it. */
export function iso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
