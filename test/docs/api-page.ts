import { readFileSync } from 'node:fs';

/** A page of the API's reference, as text. */
export function pageOf(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
}

/** The text below each second-level heading. */
export function sectionsOf(page: string): Map<string, string> {
  const [, ...parts] = page.split(/^## /m);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).trim(), part.slice(end)];
    }),
  );
}

/** The rows of the tables whose first column is headed so: their cells. */
export function rowsBelow(heading: string, text: string): string[][] {
  const tables = text.split(/\n(?!\|)/).map((block) => block.split('\n').filter((line) => line.startsWith('|')));
  return tables
    .map((lines) => lines.map(cellsOf))
    .filter(([head]) => head?.[0] === heading)
    .flatMap(([, , ...rows]) => rows);
}

/** What stands as code in a text. */
export function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code ?? []);
}

function cellsOf(line: string): string[] {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1);
  return cells.map((cell) => cell.trim());
}
