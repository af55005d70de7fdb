import { Readable } from 'node:stream';
import { storeFile } from '../../../store/media-files.ts';
import { unreadable } from '../reading.ts';
import type { Unreadable } from '../reading.ts';
import { openArchive } from './archive.ts';
import { damaged, WorkbookError } from './error.ts';
import { partsOf } from './parts.ts';
import { readSharedStrings } from './shared-strings.ts';
import { sheetLines } from './sheet.ts';

/** What a sheet's XML may unpack to: a million rows of a dozen columns. */
const MOST_XML_BYTES = 2 * 1024 * 1024 * 1024;

/** Writes a sheet of a workbook in the bucket beside it, as CSV. Streamed from end to end; what can't be read is said in words. */
export async function toCsv(
  from: string,
  to: string,
  sheet: string | undefined,
): Promise<Unreadable | { converted: true }> {
  try {
    const archive = await openArchive(from);
    const parts = await partsOf(archive, sheet);
    const blocks = archive.open(parts.sheet, MOST_XML_BYTES);
    if (!blocks) throw damaged();
    const strings = await readSharedStrings(archive, parts.strings);
    try {
      const lines = Readable.from(asBytes(sheetLines(blocks, strings, parts)));
      await storeFile(to, lines, { declared: 'text/csv', filename: 'list.csv' });
    } finally {
      strings.close();
    }
    return { converted: true };
  } catch (error) {
    if (error instanceof WorkbookError) return unreadable(error.code, error.message, error.details);
    throw error;
  }
}

async function* asBytes(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const line of lines) yield Buffer.from(line);
}
