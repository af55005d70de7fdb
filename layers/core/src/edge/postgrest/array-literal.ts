import { unescape } from './cursor.ts';

/**
 * The elements of a Postgres array literal such as `{a,"b,c",NULL}`; undefined when malformed.
 * https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
 */
export function parseArrayLiteral(text: string): (string | null)[] | undefined {
  const body = /^\s*\{([^]*)\}\s*$/.exec(text)?.[1];
  if (body === undefined) return undefined;
  return body.trim() === '' ? [] : parseElements(body);
}

function parseElements(body: string): (string | null)[] | undefined {
  const element = /(?:\s*"((?:[^"\\]|\\[^])*)"\s*|((?:[^",{}\\]|\\[^])*))(,|$)/y;
  const values: (string | null)[] = [];
  for (;;) {
    const found = element.exec(body);
    const bare = found?.[2]?.trim();
    if (!found || bare === '') return undefined;
    values.push(bare?.toLowerCase() === 'null' ? null : unescape(bare ?? found[1] ?? ''));
    if (found[3] === '') return values;
  }
}
