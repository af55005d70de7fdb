import { Readable } from 'node:stream';
import type { Broadcast } from '../../domain/broadcast.ts';
import { folderOf } from '../../domain/broadcast-row.ts';
import { readRange } from '../../store/broadcast-files.ts';
import type { BroadcastChange } from '../../store/broadcast-item.ts';
import { findUpload } from '../../store/uploads.ts';
import { columnsOf } from './columns.ts';
import { delimiterOf, readCsv } from './csv.ts';
import { gone } from './reading.ts';
import type { Unreadable } from './reading.ts';

/** A header has to lie within so many bytes of the file. */
const HEAD_BYTES = 128 * 1024;

/** Finds out what the list is and where its recipients stand. A workbook is written out as CSV first, so that any byte of it can be gone on from. */
export async function openList(broadcast: Broadcast): Promise<BroadcastChange | Unreadable> {
  const { audience, reading } = broadcast;
  if (audience?.kind !== 'file') return { reading: { ...reading, phase: 'read' } };
  const upload = await findUpload(broadcast.organizationId, audience.uploadId);
  if (!upload) return gone;
  const first = await readRange(upload.key, 0, HEAD_BYTES);
  if (!first) return gone;
  if (!isZip(first.bytes)) return openCsv(broadcast, upload.key, first.bytes);
  const key = `${folderOf(broadcast)}/list.csv`;
  const { toCsv } = await import('./workbook/to-csv.ts');
  const converted = await toCsv(upload.key, key, audience.sheet);
  if ('problem' in converted) return converted;
  const head = await readRange(key, 0, HEAD_BYTES);
  return head ? openCsv(broadcast, key, head.bytes) : gone;
}

async function openCsv(broadcast: Broadcast, key: string, head: Uint8Array): Promise<BroadcastChange | Unreadable> {
  const { audience, reading } = broadcast;
  if (!isUtf8(head)) return { problem: 'The file is not UTF-8. In Excel, save it as "CSV UTF-8".' };
  const start = hasMark(head) ? 3 : 0;
  const delimiter = delimiterOf(new TextDecoder().decode(head.subarray(start)));
  let header: string[] = [];
  let end = 0;
  await readCsv(Readable.from([head.subarray(start)]), { start, delimiter, most: 1 }, async (row) => {
    ({ cells: header, end } = row);
    return Promise.resolve();
  });
  if (header.every((cell) => cell.trim() === '')) return { problem: 'The first row of the list must name its columns' };
  const columns = columnsOf(header, audience?.kind === 'file' ? audience.mapping : undefined);
  if (!columns.ok) return { problem: [columns.problem.message, columns.problem.hint].filter(Boolean).join('. ') };
  const list = { key, delimiter, columns: columns.value, header };
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
