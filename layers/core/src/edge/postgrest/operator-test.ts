import { asText, jsonContains, wordsIn } from './json.ts';
import { likeTest } from './like.ts';
import { readLiteral } from './literals.ts';
import type { Result } from './problem.ts';
import { refuse } from './problem.ts';
import type { Operand, Operator } from './query.ts';
import { regexTest } from './regex.ts';
import type { TextSearch } from './text-search.ts';
import { textSearchTest } from './text-search.ts';
import { readTexts, valueKinds } from './value-kinds.ts';

/** SQL's three values: null is unknown. */
export type Truth = boolean | null;

/** Tests a value that is not null. */
export type Test = (value: unknown) => Truth;

const signs: Partial<Record<Operator, (sign: number) => boolean>> = {
  eq: (sign) => sign === 0,
  in: (sign) => sign === 0,
  neq: (sign) => sign !== 0,
  isdistinct: (sign) => sign !== 0,
  gt: (sign) => sign > 0,
  gte: (sign) => sign >= 0,
  lt: (sign) => sign < 0,
  lte: (sign) => sign <= 0,
};

/** The test that one operator makes with one literal, or why the literal is refused. */
export function operatorTest(operator: Exclude<Operator, 'is'>, operand: Operand, literal: string): Result<Test> {
  switch (operator) {
    case 'like':
    case 'ilike':
      return likeOf(literal, operator === 'ilike');
    case 'match':
    case 'imatch':
      return onText(regexTest(literal, operator === 'imatch'));
    case 'fts':
    case 'plfts':
    case 'phfts':
    case 'wfts':
      return searchOf(operator, operand, literal);
    case 'cs':
    case 'cd':
    case 'ov':
      return operand.type === 'json'
        ? containsJson(operator, operand, literal)
        : containsText(operator, operand, literal);
    default:
      return orderOf(operator, operand, literal);
  }
}

function orderOf(operator: Operator, operand: Operand, literal: string): Result<Test> {
  const against = valueKinds[operand.type].against(literal, operand.column);
  if (!against.ok) return against;
  const accepts = signs[operator] ?? (() => false);
  return {
    ok: true,
    value: (value) => {
      const sign = against.value(value);
      return sign === undefined ? null : accepts(sign);
    },
  };
}

function likeOf(pattern: string, ignoreCase: boolean): Result<Test> {
  const test = likeTest(pattern, ignoreCase);
  if (!test) return refuse('22025', 'LIKE pattern must not end with escape character');
  return onText({ ok: true, value: test });
}

function searchOf(operator: TextSearch, { type }: Operand, query: string): Result<Test> {
  if (operator === 'fts' && /[()]/.test(query)) {
    return refuse('42601', `syntax error in tsquery: "${query.slice(0, 100)}"`, {
      details: 'fts reads words joined with & and |, and ! before a word; parentheses are not supported.',
    });
  }
  const test = textSearchTest(operator, query);
  return { ok: true, value: (value) => test(type === 'json' ? wordsIn(value) : asText(value)) };
}

function onText(test: Result<(text: string) => boolean>): Result<Test> {
  return test.ok ? { ok: true, value: (value) => test.value(asText(value)) } : test;
}

function containsJson(operator: Operator, operand: Operand, literal: string): Result<Test> {
  const read = readLiteral('json', literal, operand.column);
  if (!read.ok) return read;
  const { json } = read.value;
  return { ok: true, value: (value) => (operator === 'cs' ? jsonContains(value, json) : jsonContains(json, value)) };
}

function containsText(operator: Operator, operand: Operand, literal: string): Result<Test> {
  const read = readLiteral('text[]', literal, operand.column);
  if (!read.ok) return read;
  return {
    ok: true,
    value: (value) => {
      const texts = readTexts(value);
      return texts ? compareSets(operator, texts, read.value) : null;
    },
  };
}

/** As in Postgres, null elements equal nothing. */
function compareSets(
  operator: Operator,
  row: readonly (string | null)[],
  literal: readonly (string | null)[],
): boolean {
  const inRow = (item: string | null) => item !== null && row.includes(item);
  if (operator === 'cs') return literal.every(inRow);
  if (operator === 'ov') return literal.some(inRow);
  return row.every((item) => item !== null && literal.includes(item));
}
