import { asText } from './json.ts';
import { readOperand } from './matcher.ts';
import type { Cast, Row, SelectedColumn } from './query.ts';

/** The selected columns of a row, each present, null when the row has no value. */
export function project(row: Row, select: readonly SelectedColumn[]): Record<string, unknown> {
  return Object.fromEntries(select.map((column) => [column.name, valueOf(row, column)]));
}

function valueOf(row: Row, column: SelectedColumn): unknown {
  const value = readOperand(row, column) ?? null;
  if (value === null) return null;
  if (column.cast) return castTo(column.cast, value);
  return column.type === 'text' ? asText(value) : value;
}

/** Postgres would refuse the whole query when a value cannot be cast; here that value is null. */
function castTo(cast: Cast, value: unknown): string | number | boolean | null {
  const text = asText(value);
  if (cast === 'text') return text;
  if (cast === 'boolean') return text === 'true' || text === 'false' ? text === 'true' : null;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) return null;
  return cast === 'integer' ? Math.round(number) : number;
}
