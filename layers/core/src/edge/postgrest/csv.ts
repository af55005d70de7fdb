import { asText } from './json.ts';

/** RFC 4180 text with a header line. Null is nothing, empty text is `""`; JSON is written as JSON. */
export function toCsv(names: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]): string {
  const lines = rows.map((row) => names.map((name) => cell(row[name])).join(','));
  return [names.map(cell).join(','), ...lines].join('\n');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = asText(value);
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
