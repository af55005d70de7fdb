import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { openFile, storeFile } from '../../store/media-files.ts';

/** The marks that a file can begin with. Each says for certain what the file is written in, whatever else is said of it (WHATWG Encoding, 6). */
const marks = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
] as const;

/** What a list that begins like this is written in: by its mark, else as it was said to be, else in UTF-8. */
export function encodingOf(head: Uint8Array, said: string | undefined): string {
  const begins = Buffer.from(head.subarray(0, 3)).toString('hex');
  return marks.find(([mark]) => begins.startsWith(mark))?.[1] ?? new TextDecoder(said).encoding;
}

/** Whether this is the name of an encoding (WHATWG Encoding, 4.2). */
export function isEncoding(name: unknown): name is string {
  try {
    return typeof name === 'string' && new TextDecoder(name).encoding !== '';
  } catch {
    return false;
  }
}

/** Writes a list anew in UTF-8, in which any byte can be gone on from. Streamed; bytes that are no letter become U+FFFD. False: there is no list. */
export async function toUtf8(from: string, to: string, encoding: string): Promise<boolean> {
  const file = await openFile(from);
  if (!file) return false;
  const text = Readable.from(decoded(file.stream, new TextDecoder(encoding)));
  await storeFile(to, text, { declared: 'text/csv', filename: 'list.csv' });
  return true;
}

async function* decoded(stream: Readable, decoder: TextDecoder): AsyncGenerator<Buffer> {
  for await (const block of stream as AsyncIterable<Uint8Array>)
    yield Buffer.from(decoder.decode(block, { stream: true }));
  yield Buffer.from(decoder.decode());
}
