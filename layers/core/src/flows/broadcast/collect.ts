import { hash } from 'node:crypto';
import type { Broadcast, Reading, Recipient, Totals } from '../../domain/broadcast.ts';
import { folderOf } from '../../domain/broadcast-row.ts';
import { contactIdOf } from '../../domain/id.ts';
import { HashSet } from '../../domain/hash-set.ts';
import { readHashes, storeHashes, storeLines } from '../../store/broadcast-files.ts';
import { storeBytes } from '../../store/media-files.ts';
import { countUnreachable } from '../../store/recipients.ts';
import { inParallel } from '../parallel.ts';
import { csvLine, noFormula } from './csv.ts';
import { partKey } from './run.ts';

/** A part is read and run at once, and is the unit of doing something again. */
const PART_SIZE = 1_000;
/** Of a row that can't be used, so many characters and columns are given back. */
const MOST_SHOWN = 500;

/** Takes what one chunk of a list holds: parts of recipients, each once, and the rows that can't be used. */
export interface Collector {
  add(key: string, recipient: Recipient): Promise<void>;
  refuse(row: number, cells: readonly string[], reason: string): void;
  /** how far the broadcast has come with this chunk */
  finish(at: Reading['at'], row: number): Promise<{ reading: Reading; totals: Totals }>;
}

/** `seen`: whom earlier chunks had. What a chunk writes depends on the list alone, so one that is done again writes the same. */
export function collector(broadcast: Broadcast, seen: HashSet): Collector {
  const { reading } = broadcast;
  const totals = { ...broadcast.totals };
  const fresh: bigint[] = [];
  let part: { key: string; recipient: Recipient }[] = [];
  let { parts } = reading;
  let bad = '';
  const closePart = async () => {
    const full = part;
    part = [];
    await storeLines(
      partKey(broadcast, parts++),
      full.map(({ recipient }) => recipient),
    );
    totals.optedOut += await optedOut(
      broadcast,
      full.map(({ key }) => key),
    );
  };
  return {
    async add(key, recipient) {
      totals.rows += 1;
      const hashed = hashOf(key);
      if (!seen.add(hashed)) {
        totals.duplicates += 1;
        return;
      }
      fresh.push(hashed);
      totals.recipients += 1;
      part.push({ key, recipient });
      if (part.length === PART_SIZE) await closePart();
    },
    refuse(row, cells, reason) {
      totals.rows += 1;
      totals.badRows += 1;
      bad += csvLine([row, reason, ...shortened(cells).map(noFormula)]);
    },
    async finish(at, row) {
      if (part.length > 0) await closePart();
      await storeHashes(hashesKey(broadcast, reading.chunks), fresh);
      await storeBytes(badKey(broadcast, reading.chunks), new TextEncoder().encode(bad), 'text/csv');
      return { reading: { ...reading, at, row, chunks: reading.chunks + 1, parts }, totals };
    },
  };
}

/** The beginning of a row, so that it can be found in the list. */
function shortened(cells: readonly string[]): string[] {
  let room = MOST_SHOWN;
  return cells
    .flatMap((cell) => {
      const shown = cell.slice(0, room);
      room -= shown.length;
      return shown === '' && cell !== '' ? [] : [shown];
    })
    .slice(0, MOST_SHOWN);
}

/** Whom the chunks that are done had. */
export async function seenBefore(broadcast: Broadcast): Promise<HashSet> {
  const seen = new HashSet();
  const chunks = Array.from({ length: broadcast.reading.chunks }, (_, chunk) => chunk);
  const all = await inParallel(chunks, (chunk) => readHashes(hashesKey(broadcast, chunk)), 8);
  for (const hashes of all) for (const each of hashes) seen.add(each);
  return seen;
}

/** Where the rows of a chunk lie that can't be used. */
export function badKey(broadcast: Broadcast, chunk: number): string {
  return `${folderOf(broadcast)}/bad-${chunk}.csv`;
}

function hashesKey(broadcast: Broadcast, chunk: number): string {
  return `${folderOf(broadcast)}/seen-${chunk}`;
}

function hashOf(key: string): bigint {
  return hash('sha256', key, 'buffer').readBigUInt64LE();
}

async function optedOut({ organizationId, channelAccountId, channel }: Broadcast, keys: string[]): Promise<number> {
  const who = keys.map((identity) => ({ identity, contactId: contactIdOf(organizationId, identity) }));
  return countUnreachable({ organizationId, accountId: channelAccountId, channel }, who);
}
