import type { Archive } from './archive.ts';
import { WorkbookError } from './error.ts';
import { readWhole } from './xml.ts';

/** Where the parts of a workbook lie in its archive (ECMA-376, 18.2), and how its numbers are to be read. */
export interface Parts {
  sheet: string;
  strings: string | undefined;
  /** of each cell style, whether its numbers are dates */
  dates: boolean[];
  /** days count from 1904, not from 1900 */
  from1904: boolean;
}

/** Workbook, relations and styles are small; what is larger is something else. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Finds the sheet of this name, or the first one. */
export async function partsOf(archive: Archive, wanted: string | undefined): Promise<Parts> {
  const { sheets, from1904 } = await readWorkbook(archive);
  const sheet = wanted === undefined ? sheets[0] : sheets.find(({ name }) => name.trim() === wanted.trim());
  if (!sheet)
    throw wanted === undefined
      ? new WorkbookError('no_sheet', 'The workbook has no sheet')
      : new WorkbookError('no_sheet', `The workbook has no sheet '${wanted}'`, { sheet: wanted });
  const relations = await readRelations(archive);
  const path = relations.find(({ id }) => id === sheet.relation)?.target;
  if (path === undefined) throw new WorkbookError('workbook_damaged', 'The workbook is damaged');
  const strings = relations.find(({ type }) => type.endsWith('/sharedStrings'))?.target;
  return { sheet: path, strings, from1904, dates: await readDates(archive, relations) };
}

async function readWorkbook(
  archive: Archive,
): Promise<{ sheets: { name: string; relation: string }[]; from1904: boolean }> {
  const sheets: { name: string; relation: string }[] = [];
  let from1904 = false;
  await readPart(archive, 'xl/workbook.xml', (name, attributes) => {
    if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
    if (name !== 'sheet') return;
    const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
    sheets.push({ name: attributes['name'] ?? '', relation: relation ?? '' });
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

/** Number formats that are dates by themselves (ECMA-376, 18.8.30); those of a workbook's own are read. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

async function readDates(archive: Archive, relations: Relation[]): Promise<boolean[]> {
  const path = relations.find(({ type }) => type.endsWith('/styles'))?.target;
  const own = new Set<number>();
  const dates: boolean[] = [];
  let isCells = false;
  if (path === undefined) return dates;
  await readPart(archive, path, (name, { numFmtId, formatCode }) => {
    if (name === 'numFmt' && isDateFormat(formatCode ?? '')) own.add(Number(numFmtId));
    if (name === 'cellXfs' || name === 'cellStyleXfs' || name === 'cellStyles') isCells = name === 'cellXfs';
    if (name === 'xf' && isCells) dates.push(DATE_FORMATS.has(Number(numFmtId)) || own.has(Number(numFmtId)));
  });
  return dates;
}

/** Has a day, a month or a year outside of quoted words and colours. */
function isDateFormat(code: string): boolean {
  return /[dy]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
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
