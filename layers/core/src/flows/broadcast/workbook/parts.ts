import type { Archive } from './archive.ts';
import { damaged, WorkbookError } from './error.ts';
import { readWhole } from './xml.ts';

/** A time may be of a day, or so long that it is shown in hours. */
export type NumberStyle = 'number' | 'date' | 'time' | 'hours';

/** Where the parts of a workbook lie in its archive (ECMA-376, 18.2), and how its numbers are to be read. */
export interface Parts {
  sheet: string;
  strings: string | undefined;
  /** of each cell style, what its numbers are */
  styles: NumberStyle[];
  /** days count from 1904, not from 1900 */
  from1904: boolean;
}

/** Workbook, relations and styles are small; what is larger is something else. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Finds the sheet of this name, or the first one that is seen. */
export async function partsOf(archive: Archive, wanted: string | undefined): Promise<Parts> {
  const { sheets, from1904 } = await readWorkbook(archive);
  const sheet =
    wanted === undefined
      ? sheets.find(({ isSeen }) => isSeen)
      : sheets.find(({ name }) => name.trim() === wanted.trim());
  if (!sheet)
    throw wanted === undefined
      ? new WorkbookError('no_sheet', 'The workbook has no sheet')
      : new WorkbookError('no_sheet', `The workbook has no sheet '${wanted}'`, { sheet: wanted });
  const relations = await readRelations(archive);
  const path = relations.find(({ id }) => id === sheet.relation)?.target;
  if (path === undefined) throw damaged();
  const strings = relations.find(({ type }) => type.endsWith('/sharedStrings'))?.target;
  return { sheet: path, strings, from1904, styles: await readStyles(archive, relations) };
}

interface Sheet {
  name: string;
  relation: string;
  isSeen: boolean;
}

async function readWorkbook(archive: Archive): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readPart(archive, 'xl/workbook.xml', (name, attributes) => {
    if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
    if (name !== 'sheet') return;
    const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
    // 'hidden' or 'veryHidden' (ECMA-376, 18.18.68)
    const isSeen = (attributes['state'] ?? 'visible') === 'visible';
    sheets.push({ name: attributes['name'] ?? '', relation: relation ?? '', isSeen });
  });
  return { sheets, from1904 };
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

async function readRelations(archive: Archive): Promise<Relation[]> {
  const relations: Relation[] = [];
  await readPart(archive, 'xl/_rels/workbook.xml.rels', (name, { Id, Type, Target }) => {
    if (name === 'Relationship') relations.push({ id: Id ?? '', type: Type ?? '', target: pathOf(Target ?? '') });
  });
  return relations;
}

/** Targets are relative to the workbook's folder, or absolute. */
function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Number formats that are dates or times by themselves (ECMA-376, 18.8.30); those of a workbook's own are read. */
const KNOWN = new Map<number, NumberStyle>([
  ...[14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id) => [id, 'time'] as const),
  [46, 'hours'],
]);

async function readStyles(archive: Archive, relations: Relation[]): Promise<NumberStyle[]> {
  const path = relations.find(({ type }) => type.endsWith('/styles'))?.target;
  const known = new Map(KNOWN);
  const styles: NumberStyle[] = [];
  let isCells = false;
  if (path === undefined) return styles;
  await readPart(archive, path, (name, { numFmtId, formatCode }) => {
    if (name === 'numFmt') known.set(Number(numFmtId), styleOf(formatCode ?? ''));
    if (name === 'cellXfs' || name === 'cellStyleXfs' || name === 'cellStyles') isCells = name === 'cellXfs';
    if (name === 'xf' && isCells) styles.push(known.get(Number(numFmtId)) ?? 'number');
  });
  return styles;
}

/** A date has a day or a year, a time an hour or a second, outside of quoted words and colours. */
function styleOf(code: string): NumberStyle {
  const bare = code.replaceAll(/"[^"]*"|\\./g, '');
  const shown = bare.replaceAll(/\[[^\]]*\]/g, '');
  if (/[dy]/i.test(shown)) return 'date';
  if (/\[h+\]/i.test(bare)) return 'hours';
  return /[hs]/i.test(shown) ? 'time' : 'number';
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

async function readPart(
  archive: Archive,
  name: string,
  open: (name: string, attributes: Record<string, string>) => void,
): Promise<void> {
  const blocks = archive.open(name, MOST_BYTES);
  if (!blocks) throw new WorkbookError('no_workbook', 'The file is no workbook that can be read');
  await readWhole(blocks, { open });
}
