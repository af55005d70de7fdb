/** What a column of a list is: who gets a message, their name, or a variable of that name; null: of no use. */
export type Column = 'to' | 'name' | { variable: string } | null;

/** The first rows of a list. */
export interface ListHead {
  header: string[];
  rows: string[][];
}

/** As many as the server looks at. */
const HEAD_BYTES = 131_072;
const SHOWN_ROWS = 3;

/** What a list without a mark can be said to be written in. */
export const encodings = ['windows-1256', 'windows-1252', 'utf-16le'] as const;
export type Encoding = (typeof encodings)[number];

const marks = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
] as const;

const recipient =
  /phone|mobile|msisdn|number|whatsapp|e-?mail|chat id|^to$|\b(tel|cell|gsm)\b|هاتف|جوال|موبايل|محمول|تليفون|تلفون|واتساب|رقم|بريد|ايميل|إيميل/i;
const fullName = /^((full|contact|customer|client) )?name$|^(ال)?[اإ]سم( |$)|^العميل$/i;

/** Reads the head of a CSV file; null when it is none, but a workbook; `not_utf8` when somebody has to say what it is written in. */
export async function readHead(file: File, encoding?: Encoding): Promise<ListHead | 'not_utf8' | null> {
  if (/\.xlsx$/i.test(file.name)) return null;
  const text = textOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()), encoding);
  return text === undefined ? 'not_utf8' : parseHead(text);
}

/** As the server takes it: by its mark, else as it was said to be, else in UTF-8, of which the end of the head may cut a letter. */
function textOf(bytes: Uint8Array, said: string | undefined): string | undefined {
  const encoding = marks.find(([mark]) => mark.every((byte, at) => bytes[at] === byte))?.[1] ?? said;
  try {
    const text = new TextDecoder(encoding, { fatal: encoding === undefined }).decode(bytes, { stream: true });
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The header and the first rows of a CSV text (RFC 4180), whatever it is separated by. */
function parseHead(text: string): ListHead {
  const plain = text.replace(/^\uFEFF/, '');
  const [line = '', told] = /^sep=([,;\t|])\r?\n/i.exec(plain) ?? [];
  const [header = [], ...rows] = rowsOf(plain.slice(line.length), told ?? delimiterOf(plain), SHOWN_ROWS + 1);
  return { header: header.map((cell) => cell.trim()), rows };
}

/** What the columns seem to be. */
export function guessColumns(header: string[]): Column[] {
  const to = header.findIndex((heading) => recipient.test(heading));
  const name = header.findIndex((heading, index) => index !== to && fullName.test(heading));
  return header.map((heading, index) => {
    if (index === to) return 'to';
    return index === name ? 'name' : variableOf(heading);
  });
}

/** A heading as a variable can be called, by the server's rule. */
export function variableOf(heading: string): Column {
  const name = heading.replaceAll(/[^\p{L}\p{M}\p{N}_.]+/gu, '_').replaceAll(/^[_.\p{M}]+|_+$/gu, '');
  return name === '' || name === '__proto__' ? null : { variable: name };
}

/** What each heading is, as the API takes it. */
export function mappingOf(header: string[], columns: Column[]): Record<string, string> {
  const named = header.flatMap((heading, index): [string, string][] => {
    const column = columns[index];
    if (!column || heading === '') return [];
    return [[heading, typeof column === 'string' ? column : column.variable]];
  });
  return Object.fromEntries(named);
}

/** A list of what was pasted: one recipient in each line, or between commas. */
export function listOf(pasted: string): File {
  const all = recipientsIn(pasted).map((each) => `"${each.replaceAll('"', '""')}"`);
  return new File([['to', ...all].join('\r\n')], 'list.csv', { type: 'text/csv' });
}

export function recipientsIn(pasted: string): string[] {
  return pasted
    .split(/[\n,;،؛]+/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** What stands most often in the header, outside of quotes. */
function delimiterOf(text: string): string {
  const [line = ''] = text.replaceAll(/"[^"]*"/g, '').split(/[\r\n]/);
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: line.split(sign).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

function rowsOf(text: string, delimiter: string, most: number): string[][] {
  const rows: string[][] = [];
  const cell = new RegExp(
    `("(?:[^"]|"")*"|[^${delimiter}\\r\\n]*)(${delimiter === '|' ? '\\|' : delimiter}|\\r?\\n|$)`,
    'gy',
  );
  let row: string[] = [];
  for (let found = cell.exec(text); found && rows.length < most; found = cell.exec(text)) {
    const [all, value = '', end] = found;
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === delimiter) continue;
    if (row.some((each) => each !== '')) rows.push(row);
    row = [];
    if (all === '' || end === '') break;
  }
  return rows;
}
