import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { Parser } from 'csv-parse';

/** One row of a file: its cells, and the byte behind it. */
export interface CsvRow {
  cells: string[];
  end: number;
}

/** How a read of rows ended: `end` of the file, `enough` rows, or at a row that is `broken` (a quote that nobody closes). */
export type CsvEnd = 'end' | 'enough' | 'broken';

/** A row has room for so many bytes: what is longer has a quote that was never closed, or is no list. */
const MOST_ROW_BYTES = 64 * 1024;

/**
 * Gives the rows of a CSV file (RFC 4180, and what spreadsheets write) that begins at byte `start`, at most so many. Memory stays flat: a block of
 * the stream is read when the rows of the one before it have been taken.
 */
export async function readCsv(
  stream: Readable,
  { start, delimiter, most }: { start: number; delimiter: string; most: number },
  take: (row: CsvRow) => Promise<void>,
): Promise<CsvEnd> {
  const { parser, rows, isBroken } = collecting(delimiter, start);
  let taken = 0;
  const isEnough = async () => {
    for (const row of rows.splice(0)) {
      if (taken === most) return true;
      taken += 1;
      await take(row);
    }
    return taken === most;
  };
  try {
    for await (const block of stream as AsyncIterable<Uint8Array>) {
      await written(parser, block);
      if (await isEnough()) return 'enough';
      if (isBroken()) return 'broken';
    }
    await ended(parser);
    if (await isEnough()) return 'enough';
    return isBroken() ? 'broken' : 'end';
  } finally {
    stream.destroy();
    parser.destroy();
  }
}

/** The delimiter that a header is written with: what stands there most often, outside of quotes. */
export function delimiterOf(head: string): string {
  const [line = ''] = head.replaceAll(/"[^"]*"/g, '').split(/[\r\n]/);
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: line.split(sign).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

/** What a spreadsheet shows of a cell that is written so as to stay text: `="0100"`, `'0100`, `'=1`. */
function asShown(cell: string): string {
  const first = cell[0];
  if (first === '=') return /^="([^"]*)"$/.exec(cell)?.[1] ?? cell;
  return first === "'" && /^'(?:[=@\t\r+-]|\d+$)/.test(cell) ? cell.slice(1) : cell;
}

/** A spreadsheet takes text that begins so for a formula (OWASP, CSV injection); a phone number's + is none. */
export function noFormula(text: string): string {
  return /^[=@\t\r-]|^\+(?!\d+$)/.test(text) ? `'${text}` : text;
}

/** A row as a line of CSV. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** The first line of a file for a spreadsheet, which takes what begins with this mark for UTF-8. */
export function csvHead(cells: readonly string[]): Buffer {
  return Buffer.from(`\ufeff${csvLine(cells)}`);
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows are taken as they are parsed, so that those before a broken one are not lost. */
function collecting(delimiter: string, start: number) {
  const rows: CsvRow[] = [];
  let error: unknown;
  const parser = new Parser({
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MOST_ROW_BYTES,
    on_record: (cells: string[], { bytes }) => {
      rows.push({ cells: cells.map(asShown), end: start + bytes });
      return null;
    },
  });
  parser.on('error', (problem) => (error = problem));
  parser.resume();
  return { parser, rows, isBroken: () => error !== undefined };
}

function written(parser: Parser, block: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    parser.write(block, () => resolve());
  });
}

async function ended(parser: Parser): Promise<void> {
  if (parser.destroyed) return;
  parser.end();
  await Promise.race([once(parser, 'end'), once(parser, 'close')]).catch(() => undefined);
}
