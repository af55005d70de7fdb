import { Readable } from 'node:stream';
import type { Broadcast } from '../../domain/broadcast.ts';
import { folderOf } from '../../domain/broadcast-row.ts';
import { isText } from '../../domain/media-content.ts';
import { readRange } from '../../store/broadcast-files.ts';
import type { BroadcastChange } from '../../store/broadcast-item.ts';
import { findUpload } from '../../store/uploads.ts';
import { columnsOf } from './columns.ts';
import { delimiterOf, readCsv } from './csv.ts';
import { encodingOf, toUtf8 } from './encoding.ts';
import { gone, unreadable } from './reading.ts';
import type { Unreadable } from './reading.ts';

/** A header has to lie within so many bytes of the file. */
const HEAD_BYTES = 128 * 1024;

const notUtf8 = unreadable(
  'not_utf8',
  'The file is not UTF-8. In Excel, save it as "CSV UTF-8". ' +
    'Or say what it is: \'audience\': { "encoding": "windows-1256" } is what Excel writes as CSV in Arabic.',
);

const notAList = unreadable(
  'not_a_list',
  'The file is neither CSV nor XLSX: it is a PDF or a page (HTML, XML). Save the list as CSV or XLSX and bring that.',
);

const oldWorkbook = unreadable(
  'no_workbook',
  'The file is an old workbook, or one with a password. In Excel, save it as .xlsx, without a password.',
);

/**
 * Finds out what the list is and where its recipients stand. A workbook, or what is in another encoding, is written out as CSV in UTF-8 first, so that
 * any byte of it can be gone on from.
 */
export async function openList(broadcast: Broadcast): Promise<BroadcastChange | Unreadable> {
  const { audience, reading } = broadcast;
  if (audience?.kind !== 'file') return { reading: { ...reading, phase: 'read' } };
  const upload = await findUpload(broadcast.organizationId, audience.uploadId);
  if (!upload) return gone;
  const first = await readRange(upload.key, 0, HEAD_BYTES);
  if (!first) return gone;
  const key = `${folderOf(broadcast)}/list.csv`;
  if (isZip(first.bytes)) {
    const { toCsv } = await import('./workbook/to-csv.ts');
    const converted = await toCsv(upload.key, key, audience.sheet);
    return 'problem' in converted ? converted : openWritten(broadcast, key);
  }
  if (isOldWorkbook(first.bytes)) return oldWorkbook;
  const encoding = encodingOf(first.bytes, audience.encoding);
  if (isPdf(first.bytes) || isPage(first.bytes, encoding)) return notAList;
  if (encoding === 'utf-8') return openCsv(broadcast, upload.key, first.bytes);
  return (await toUtf8(upload.key, key, encoding)) ? openWritten(broadcast, key) : gone;
}

async function openWritten(broadcast: Broadcast, key: string): Promise<BroadcastChange | Unreadable> {
  const head = await readRange(key, 0, HEAD_BYTES);
  return head ? openCsv(broadcast, key, head.bytes) : gone;
}

async function openCsv(broadcast: Broadcast, key: string, head: Uint8Array): Promise<BroadcastChange | Unreadable> {
  const { audience, reading } = broadcast;
  if (!isText(head)) return notUtf8;
  const mark = hasMark(head) ? 3 : 0;
  const text = new TextDecoder().decode(head.subarray(mark));
  const told = /^sep=([^\r\n])\r?\n/i.exec(text);
  const start = mark + Buffer.byteLength(told?.[0] ?? '');
  const delimiter = told?.[1] ?? delimiterOf(text);
  let header: string[] = [];
  let end = 0;
  await readCsv(Readable.from([head.subarray(start)]), { start, delimiter, most: 1 }, async (row) => {
    ({ cells: header, end } = row);
    return Promise.resolve();
  });
  if (header.every((cell) => cell.trim() === ''))
    return unreadable('no_header', 'The first row of the list must name its columns');
  const columns = columnsOf(header, audience?.kind === 'file' ? audience.mapping : undefined);
  if ('problem' in columns) return columns;
  const list = { key, delimiter, columns, header };
  return { reading: { ...reading, phase: 'read', at: end, row: 1, list } };
}

/** A compound file: what Excel wrote until 2003, and what it writes with a password ([MS-CFB], 2.2). */
function isOldWorkbook(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).toString('hex') === 'd0cf11e0a1b11ae1';
}

function isZip(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PK\u0003\u0004';
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
}

/** HTML or XML, also what is called .xls and is a table of HTML. A first tag is followed by another, so a heading in angle brackets is none. */
function isPage(bytes: Uint8Array, encoding: string): boolean {
  const beginning = new TextDecoder(encoding).decode(bytes.subarray(0, 4096));
  return /^\s*<(?:!doctype\s|!--|\?xml\s|(?:html|head|body|table)\b[^>]*>\s*<)/i.test(beginning);
}

function hasMark(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 3)).toString('hex') === 'efbbbf';
}
