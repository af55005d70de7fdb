import { configure, Reader, ZipReader } from '@zip.js/zip.js';
import type { FileEntry } from '@zip.js/zip.js';
import { readRange } from '../../../store/broadcast-files.ts';
import { damaged, WorkbookError } from './error.ts';

configure({ useWebWorkers: false, chunkSize: 512 * 1024 });

/** A workbook of one sheet has a dozen files; each further one costs memory. */
const MOST_FILES = 10_000;

/** The files of a ZIP archive that lies in the bucket, of which only what is asked for is read. */
export interface Archive {
  /** A file's bytes, unpacked as they are taken, at most so many. Undefined when there is none of that name. */
  open(name: string, mostBytes: number): AsyncGenerator<Uint8Array> | undefined;
}

export async function openArchive(key: string): Promise<Archive> {
  const found = await readRange(key, 0, 1);
  if (!found) throw new WorkbookError('file_gone', 'The uploaded file is not there any more');
  const files = new Map<string, FileEntry>();
  try {
    for await (const entry of new ZipReader(new BucketReader(key, found.size)).getEntriesGenerator()) {
      if (files.size === MOST_FILES) throw new WorkbookError('workbook_too_large', 'The workbook has too many parts');
      if (!entry.directory) files.set(entry.filename, entry);
    }
  } catch (error) {
    throw error instanceof WorkbookError
      ? error
      : new WorkbookError('no_workbook', 'The file is no workbook that can be read');
  }
  return {
    open(name, mostBytes) {
      const entry = files.get(name);
      return entry && unpacked(entry, mostBytes);
    },
  };
}

/** What an archive says of a file's size is not believed: the bytes are counted as they come. */
async function* unpacked(entry: FileEntry, mostBytes: number): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const stop = new AbortController();
  let failure: unknown;
  const done = entry.getData(writable, { signal: stop.signal }).catch((error: unknown) => (failure = error));
  let size = 0;
  try {
    for await (const block of readable) {
      size += block.length;
      if (size > mostBytes)
        throw new WorkbookError('workbook_too_large', `The workbook is larger than can be read: ${entry.filename}`);
      yield block;
    }
  } catch (error) {
    throw error instanceof WorkbookError ? error : damaged();
  } finally {
    stop.abort();
    await done;
  }
  if (failure !== undefined) throw damaged();
}

/** Reads a file in the bucket by ranges, so that no more of it is in memory than is being unpacked. */
class BucketReader extends Reader<string> {
  readonly #key: string;

  constructor(key: string, size: number) {
    super(key);
    this.#key = key;
    this.size = size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const found = await readRange(this.#key, index, length);
    if (!found) throw new WorkbookError('file_gone', 'The uploaded file is not there any more');
    return new Uint8Array(found.bytes);
  }
}
