import { validation } from '../errors.ts';

/** `text` is as written; `near` is the token with its neighbours, for error messages. */
export type Token = {
  kind: 'word' | 'name' | 'value' | 'index' | 'symbol' | 'end';
  text: string;
  from: number;
  to: number;
};

const PATTERNS: readonly [Token['kind'], RegExp][] = [
  ['word', /[A-Za-z][A-Za-z0-9_]*/y],
  ['name', /#[A-Za-z0-9_]+/y],
  ['value', /:[A-Za-z0-9_]+/y],
  ['index', /0|[1-9][0-9]*/y],
  ['symbol', /<>|<=|>=|[=<>()[\],.+-]/y],
];
const SPACE = /\s*/y;

/** Splits an expression into tokens, closed by an `end` token. `label` names the expression in errors. */
export function tokenize(label: string, expression: string): Token[] {
  const tokens: Token[] = [];
  for (let at = skipSpace(expression, 0); at < expression.length;) {
    const token = tokenAt(expression, at);
    if (!token) throw unknownCharacter(label, expression, at);
    tokens.push(token);
    at = skipSpace(expression, token.to);
  }
  return [...tokens, { kind: 'end', text: '<EOF>', from: expression.length, to: expression.length }];
}

function tokenAt(expression: string, at: number): Token | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(expression)?.[0];
    if (text !== undefined) return { kind, text, from: at, to: at + text.length };
  }
  return undefined;
}

function skipSpace(expression: string, at: number): number {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(expression)?.[0].length ?? 0);
}

function unknownCharacter(label: string, expression: string, at: number): Error {
  const near = expression.slice(Math.max(0, at - 1), at + 2).trim();
  return validation(`Invalid ${label}: Syntax error; token: "${expression.charAt(at)}", near: "${near}"`);
}
