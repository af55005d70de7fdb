import { csvLine } from '../csv.ts';
import { WorkbookError } from './error.ts';
import type { NumberStyle, Parts } from './parts.ts';
import type { SharedStrings } from './shared-strings.ts';
import { readXml } from './xml.ts';

/** What lies further to the right is of no use to a message. */
const MOST_COLUMNS = 256;
/** The rows of a sheet (Excel's limit). */
const MOST_ROWS = 1_048_576;
/** Of a cell (Excel's limit); a longer one is no spreadsheet's. */
const MOST_CHARACTERS = 32_767;

/** The rows of a sheet as CSV, a block of text at a time. Rows keep their numbers: those that are missing are blank. */
export async function* sheetLines(
  blocks: AsyncIterable<Uint8Array>,
  strings: SharedStrings,
  parts: Pick<Parts, 'styles' | 'from1904'>,
): AsyncGenerator<string> {
  let lines = '';
  const rows = rowReader(strings, parts, (cells, blank) => {
    lines += '\r\n'.repeat(blank) + csvLine(cells);
  });
  for await (const _ of readXml(blocks, rows)) {
    if (lines !== '') yield lines;
    lines = '';
  }
}

function rowReader(
  strings: SharedStrings,
  parts: Pick<Parts, 'styles' | 'from1904'>,
  take: (cells: string[], blank: number) => void,
) {
  let cells: string[] = [];
  let [row, column, last] = [0, 0, 0];
  let cell: Record<string, string> = {};
  let value = '';
  let isValue = false;
  let isReading = false;
  return {
    open(name: string, attributes: Record<string, string>) {
      if (name === 'row') {
        row = Math.max(Number(attributes['r'] ?? row + 1) || 0, last + 1);
        if (row > MOST_ROWS)
          throw new WorkbookError('workbook_too_large', 'The sheet has more rows than a sheet can have');
        cells = [];
        column = 0;
      } else if (name === 'c') {
        cell = attributes;
        value = '';
        column = columnOf(attributes['r']) ?? column;
      } else if (name === 'rPh') isReading = true;
      isValue = (name === 'v' || name === 't') && !isReading;
    },
    text(text: string) {
      if (!isValue) return;
      value += text;
      if (value.length > MOST_CHARACTERS)
        throw new WorkbookError('workbook_too_large', 'The sheet has a cell that is too long');
    },
    close(name: string) {
      isValue = false;
      if (name === 'rPh') isReading = false;
      if (name === 'c') {
        if (column < MOST_COLUMNS) cells[column] = valueOf(cell, value, strings, parts);
        column += 1;
      }
      if (name !== 'row') return;
      take(
        Array.from(cells, (each) => each ?? ''),
        row - last - 1,
      );
      last = row;
    },
  };
}

/** `BC12` is the 55th column, which is number 54. */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function valueOf(
  { t: type = 'n', s: style }: Record<string, string>,
  value: string,
  strings: SharedStrings,
  { styles, from1904 }: Pick<Parts, 'styles' | 'from1904'>,
): string {
  if (value === '' || type === 'e') return '';
  if (type === 's') return strings.get(Number(value));
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  const number = Number(value);
  if (type !== 'n' || Number.isNaN(number)) return value;
  return shownAs(styles[Number(style ?? 0)] ?? 'number', number, from1904);
}

function shownAs(style: NumberStyle, number: number, from1904: boolean): string {
  switch (style) {
    case 'date':
      return dateOf(number, from1904);
    case 'time':
      return timeOf(number - Math.floor(number));
    case 'hours':
      return timeOf(number);
    case 'number':
      return numberOf(number);
  }
}

/** A phone number that was typed as one has no exponent. */
function numberOf(number: number): string {
  return Number.isInteger(number) && Math.abs(number) < 1e21 ? BigInt(number).toString() : String(number);
}

const DAY_MS = 24 * 3_600_000;

/** `18:05`; of more than a day, so many hours. */
function timeOf(days: number): string {
  const minutes = Math.floor(Math.round(days * 86_400) / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Days since 1900, which the first spreadsheet took for a leap year, or since 1904. */
function dateOf(days: number, from1904: boolean): string {
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const date = new Date(epoch + Math.round((days * DAY_MS) / 1000) * 1000);
  if (Number.isNaN(date.getTime())) return String(days);
  const text = date.toISOString();
  return Number.isInteger(days) ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
}
