import { Readable } from 'node:stream';
import type { Broadcast } from '../../domain/broadcast.ts';
import { badRowsKey, folderOf } from '../../domain/broadcast-row.ts';
import type { BroadcastChange } from '../../store/broadcast-item.ts';
import { openFile, storeFile } from '../../store/media-files.ts';
import { badKey } from './collect.ts';
import { csvHead, noFormula } from './csv.ts';
import { unreadable } from './reading.ts';
import type { Unreadable } from './reading.ts';

/** The list is read: the rows that can't be used become one file, and the broadcast can be started, or waits for its time. */
export async function closeList(broadcast: Broadcast): Promise<BroadcastChange | Unreadable> {
  const { totals, scheduledAt } = broadcast;
  if (totals.badRows > 0)
    await storeFile(badRowsKey(folderOf(broadcast)), Readable.from(badRows(broadcast)), {
      declared: 'text/csv',
      filename: 'bad-rows.csv',
    });
  if (totals.recipients === 0) return unreadable('no_recipients', 'The list has no recipient that can be used');
  return { status: 'READY', due: scheduledAt === undefined ? undefined : 'schedule' };
}

async function* badRows(broadcast: Broadcast): AsyncGenerator<Buffer> {
  const header = ['row', 'reason', ...(broadcast.reading.list?.header ?? []).map(noFormula)];
  yield csvHead(header);
  for (let chunk = 0; chunk < broadcast.reading.chunks; chunk += 1) {
    const file = await openFile(badKey(broadcast, chunk));
    if (file) yield* file.stream as AsyncIterable<Buffer>;
  }
}
