import { Readable } from 'node:stream';
import type { Broadcast } from '../../domain/broadcast.ts';
import { folderOf } from '../../domain/broadcast-row.ts';
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
  const encoding = encodingOf(first.bytes, audience.encoding);
  if (encoding === 'utf-8') return openCsv(broadcast, upload.key, first.bytes);
  return (await toUtf8(upload.key, key, encoding)) ? openWritten(broadcast, key) : gone;
}

async function openWritten(broadcast: Broadcast, key: string): Promise<BroadcastChange | Unreadable> {
  const head = await readRange(key, 0, HEAD_BYTES);
  return head ? openCsv(broadcast, key, head.bytes) : gone;
}

async function openCsv(broadcast: Broadcast, key: string, head: Uint8Array): Promise<BroadcastChange | Unreadable> {
  const { audience, reading } = broadcast;
  if (!isUtf8(head)) return notUtf8;
  const start = hasMark(head) ? 3 : 0;
  const delimiter = delimiterOf(new TextDecoder().decode(head.subarray(start)));
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

function isZip(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PK\u0003\u0004';
}

function hasMark(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 3)).toString('hex') === 'efbbbf';
}

/** A character that the end of the head cuts in two does no harm. */
function isUtf8(head: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }).includes('\0');
  } catch {
    return false;
  }
}
