import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Archive } from './archive.ts';
import { damaged, WorkbookError } from './error.ts';
import { readXml } from './xml.ts';

/** The texts of a workbook, which its cells name by number. A million of them are kept in a file, so that memory stays flat. */
export interface SharedStrings {
  get(index: number): string;
  close(): void;
}

/** A function has 512 MB of disk. */
const MOST_BYTES = 400 * 1024 * 1024;
/** What its XML may unpack to. */
const MOST_XML_BYTES = 2 * 1024 * 1024 * 1024;
/** Neighbours are mostly asked for one after the other, and some texts again and again. */
const WINDOW = 1024 * 1024;
const MOST_REMEMBERED = 4_096;

export async function readSharedStrings(archive: Archive, path: string | undefined): Promise<SharedStrings> {
  const folder = mkdtempSync(join(tmpdir(), 'strings-'));
  const file = openSync(join(folder, 'strings'), 'w+');
  const close = () => {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const ends = path === undefined ? new Ends() : await writeStrings(archive, path, file);
    return { get: reader(file, ends), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Where each text ends in the file. */
class Ends {
  #ends = new Uint32Array(1024);
  count = 0;

  add(end: number): void {
    if (this.count === this.#ends.length) {
      const longer = new Uint32Array(this.#ends.length * 2);
      longer.set(this.#ends);
      this.#ends = longer;
    }
    this.#ends[this.count++] = end;
  }

  of(index: number): { start: number; end: number } {
    return { start: index === 0 ? 0 : (this.#ends[index - 1] ?? 0), end: this.#ends[index] ?? 0 };
  }
}

async function writeStrings(archive: Archive, path: string, file: number): Promise<Ends> {
  const blocks = archive.open(path, MOST_XML_BYTES);
  if (!blocks) throw damaged();
  const ends = new Ends();
  let [text, waiting, end] = ['', '', 0];
  let isText = false;
  // the reading of Japanese names stands beside them
  let isReading = false;
  const handler = {
    open: (name: string) => {
      if (name === 'si') text = '';
      if (name === 'rPh') isReading = true;
      isText = name === 't' && !isReading;
    },
    text: (part: string) => {
      if (isText) text += part;
    },
    close: (name: string) => {
      isText = false;
      if (name === 'rPh') isReading = false;
      if (name !== 'si') return;
      waiting += text;
      end += Buffer.byteLength(text);
      ends.add(end);
    },
  };
  for await (const _ of readXml(blocks, handler)) {
    if (end > MOST_BYTES) throw new WorkbookError('workbook_too_large', 'The workbook has more text than can be read');
    writeSync(file, waiting);
    waiting = '';
  }
  return ends;
}

function reader(file: number, ends: Ends): (index: number) => string {
  const remembered = new Map<number, string>();
  const window = Buffer.alloc(WINDOW);
  let [from, to] = [0, 0];
  const read = (start: number, end: number): string => {
    if (end - start > WINDOW) throw new WorkbookError('workbook_too_large', 'The workbook has a text that is too long');
    if (start < from || end > to) {
      from = start;
      to = start + readSync(file, window, 0, WINDOW, start);
    }
    return window.toString('utf8', start - from, end - from);
  };
  return (index) => {
    const known = remembered.get(index);
    if (known !== undefined) return known;
    if (!(index >= 0 && index < ends.count)) throw damaged();
    const { start, end } = ends.of(index);
    const text = read(start, end);
    if (remembered.size === MOST_REMEMBERED) remembered.clear();
    if (text.length < 100) remembered.set(index, text);
    return text;
  };
}
