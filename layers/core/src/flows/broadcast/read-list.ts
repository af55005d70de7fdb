import type { Channel } from '../../channels/contract.ts';
import type { Broadcast, ListFile } from '../../domain/broadcast.ts';
import { stepBroadcast } from '../../store/broadcast-steps.ts';
import type { BroadcastChange } from '../../store/broadcast-item.ts';
import { openFrom } from '../../store/broadcast-files.ts';
import { closeList } from './close-list.ts';
import { collector, seenBefore } from './collect.ts';
import type { Collector } from './collect.ts';
import { readCsv } from './csv.ts';
import { readContacts } from './read-contacts.ts';
import { openList } from './open-list.ts';
import { gone, unreadable } from './reading.ts';
import type { ChunkEnd, ContactFilter, Unreadable } from './reading.ts';

/** A chunk is done at once; what a function that dies has to do again. */
const CHUNK_ROWS = 50_000;
/** A spreadsheet has 1,048,576 rows. */
const MOST_ROWS = 1_100_000;
/** More quotes that nobody closes in one chunk: this is no list. */
const MOST_BROKEN = 100;

/** Takes the reading of a broadcast's list one step on. Undefined: someone else has, or it is not wanted any more. */
export async function readOn(
  channel: Channel,
  broadcast: Broadcast,
  { filter }: { filter: ContactFilter },
): Promise<Broadcast | undefined> {
  const change = await next(channel, broadcast, filter);
  if ('problem' in change)
    return stepBroadcast(broadcast, { status: 'FAILED', ...change, due: undefined }, ['IMPORTING']);
  return stepBroadcast(broadcast, change, ['IMPORTING']);
}

async function next(
  channel: Channel,
  broadcast: Broadcast,
  filter: ContactFilter,
): Promise<BroadcastChange | Unreadable> {
  switch (broadcast.reading.phase) {
    case 'open':
      return openList(broadcast);
    case 'read':
      return readChunk(channel, broadcast, filter);
    case 'close':
      return closeList(broadcast);
  }
}

async function readChunk(
  channel: Channel,
  broadcast: Broadcast,
  filter: ContactFilter,
): Promise<BroadcastChange | Unreadable> {
  const collected = collector(broadcast, await seenBefore(broadcast));
  const { list } = broadcast.reading;
  const read = list
    ? await readRows(channel, broadcast, list, collected)
    : await readContacts(channel, broadcast, filter, collected);
  if ('problem' in read) return read;
  const { reading, totals } = await collected.finish(read.at, read.row);
  return { reading: { ...reading, phase: read.isEnd ? 'close' : 'read' }, totals };
}

async function readRows(
  channel: Channel,
  broadcast: Broadcast,
  { key, columns, delimiter }: ListFile,
  { add, refuse }: Collector,
): Promise<ChunkEnd | Unreadable> {
  // it knows the numbers of every country, and lists of contacts need none of that
  const { recipientOf } = await import('./recipient.ts');
  let { row } = broadcast.reading;
  let at = Number(broadcast.reading.at);
  const last = row + CHUNK_ROWS;
  for (let broken = 0; broken < MOST_BROKEN; broken += 1) {
    const stream = await openFrom(key, at);
    if (!stream) return gone;
    const ended = await readCsv(stream, { start: at, delimiter, most: last - row }, async ({ cells, end }) => {
      at = end;
      row += 1;
      if (cells.every((cell) => cell.trim() === '')) return;
      const read = recipientOf(channel, columns, cells, broadcast.defaultCountry);
      if (read.ok) await add(read.key, read.recipient);
      else refuse(row, cells, read.reason);
    });
    if (row > MOST_ROWS)
      return unreadable('too_many_rows', `The list has more than ${MOST_ROWS} rows. Split it.`, { rows: MOST_ROWS });
    if (ended !== 'broken') return { at, row, isEnd: ended === 'end' };
    row += 1;
    refuse(row, [], 'a quote that is not closed, or a row of more than 64 KB');
    at = await nextLine(key, at);
  }
  return unreadable('open_quotes', `From row ${row} on, the list has too many quotes that are not closed`, { row });
}

/** Behind the next line break, that is where what comes after a broken row may be read again. */
async function nextLine(key: string, from: number): Promise<number> {
  const stream = await openFrom(key, from);
  let at = from;
  let isText = false;
  for await (const block of (stream ?? []) as AsyncIterable<Uint8Array>) {
    for (const byte of block) {
      at += 1;
      // blank lines before the broken row are passed
      if (byte === 10 && isText) return at;
      isText ||= byte !== 10 && byte !== 13;
    }
  }
  return at;
}
