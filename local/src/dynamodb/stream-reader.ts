import type { Engine } from './engine.ts';
import type { StreamRecord } from './storage/stream-log.ts';
import { formatSequence, newestSequence, parseSequence, recordsAfter } from './storage/stream-log.ts';

/** Reads streams without the API, for what delivers them to functions. */
export type StreamReader = {
  /** Records after a sequence number, or the oldest there are, oldest first. Throws ResourceNotFoundException. */
  read(tableName: string, afterSequence: string | undefined, limit: number): StreamRecord[];
  /** The sequence number after which only records come that are not written yet. */
  latest(): string;
  /** Calls the listener after each commit that wrote records of the table; it only says that there is something to read. */
  onRecords(tableName: string, listener: () => void): () => void;
};

export function openStreamReader(engine: Engine): StreamReader {
  return {
    read(tableName, afterSequence, limit) {
      const after = afterSequence === undefined ? 0 : parseSequence(afterSequence);
      if (Number.isNaN(after)) throw new TypeError(`Not a sequence number: ${afterSequence}`);
      return recordsAfter(engine.db, engine.catalog.require(tableName), after, limit);
    },
    latest: () => formatSequence(newestSequence(engine.db)),
    onRecords: (tableName, listener) => engine.onRecords(tableName, listener),
  };
}
