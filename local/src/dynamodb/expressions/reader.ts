import type { DynamoDbError } from '../errors.ts';
import { validation } from '../errors.ts';
import type { AttributeValue } from '../values/types.ts';
import type { Path } from './paths.ts';
import type { Placeholders } from './placeholders.ts';
import { isReserved } from './reserved-words.ts';
import type { Token } from './tokens.ts';
import { tokenize } from './tokens.ts';

/** A cursor over an expression's tokens, with what every kind of expression is made of: paths, values and lists. */
export type Reader = {
  peek(): Token;
  next(): Token;
  /** Takes the symbol if it comes next. */
  symbol(text: string): boolean;
  /** Takes the keyword if it comes next; case does not matter. */
  keyword(word: string): boolean;
  expectSymbol(text: string): void;
  expectKeyword(word: string): void;
  expectEnd(): void;
  /** Whether a function call comes next: a word followed by `(`. */
  atFunction(): boolean;
  path(): Path;
  value(): AttributeValue;
  commaList<T>(read: () => T): T[];
  /** Runs `read` one level deeper; refuses expressions nested beyond all use. */
  nested<T>(read: () => T): T;
  syntaxError(): DynamoDbError;
  error: (message: string) => DynamoDbError;
};

const MAX_BYTES = 4096;
const MAX_NESTING = 300;

/** `label` names the expression in errors: `ConditionExpression`, `UpdateExpression`, ... */
export function openReader(label: string, expression: string, placeholders: Placeholders): Reader {
  const error = (message: string): DynamoDbError => validation(`Invalid ${label}: ${message}`);
  if (expression === '') throw error('The expression can not be empty;');
  if (Buffer.byteLength(expression) > MAX_BYTES)
    throw error(
      `Expression size has exceeded the maximum allowed size; expression size: ${Buffer.byteLength(expression)}`,
    );
  const tokens = tokenize(label, expression);
  let at = 0;
  let depth = 0;
  const reader: Reader = {
    peek: () => tokens[at] as Token,
    next: () => tokens[at++] as Token,
    symbol: (text) => take(reader, reader.peek().kind === 'symbol' && reader.peek().text === text),
    keyword: (word) => take(reader, reader.peek().kind === 'word' && reader.peek().text.toUpperCase() === word),
    expectSymbol: (text) => expectThat(reader, reader.symbol(text)),
    expectKeyword: (word) => expectThat(reader, reader.keyword(word)),
    expectEnd: () => expectThat(reader, reader.peek().kind === 'end'),
    atFunction: () => reader.peek().kind === 'word' && tokens[at + 1]?.text === '(',
    path: () => readPath(reader, placeholders),
    value: () => readValueToken(reader, placeholders),
    commaList: (read) => readCommaList(reader, read),
    nested(read) {
      depth += 1;
      if (depth > MAX_NESTING) throw error('The expression is nested too deeply');
      const result = read();
      depth -= 1;
      return result;
    },
    syntaxError() {
      const token = reader.peek();
      const near = expression.slice(tokens[at - 1]?.from ?? token.from, tokens[at + 1]?.to ?? token.to);
      return error(`Syntax error; token: "${token.text}", near: "${near.trimEnd()}"`);
    },
    error,
  };
  return reader;
}

function take(reader: Reader, matches: boolean): boolean {
  if (matches) reader.next();
  return matches;
}

function expectThat(reader: Reader, found: boolean): void {
  if (!found) throw reader.syntaxError();
}

function readPath(reader: Reader, placeholders: Placeholders): Path {
  const path: Path = [readName(reader, placeholders)];
  for (;;) {
    if (reader.symbol('.')) path.push(readName(reader, placeholders));
    else if (reader.symbol('[')) path.push(readIndex(reader));
    else return path;
  }
}

function readName(reader: Reader, placeholders: Placeholders): string {
  const { kind, text } = reader.peek();
  if (kind !== 'word' && kind !== 'name') throw reader.syntaxError();
  if (kind === 'word' && isKeyword(text)) throw reader.syntaxError();
  reader.next();
  if (kind === 'word') {
    if (isReserved(text)) throw reader.error(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
    return text;
  }
  const name = placeholders.name(text);
  if (name === undefined)
    throw reader.error(
      `An expression attribute name used in the document path is not defined; attribute name: ${text}`,
    );
  return name;
}

function isKeyword(word: string): boolean {
  return /^(?:AND|OR|NOT|IN|BETWEEN|SET|ADD|DELETE)$/i.test(word);
}

function readIndex(reader: Reader): number {
  if (reader.peek().kind !== 'index') throw reader.syntaxError();
  const index = Number(reader.next().text);
  reader.expectSymbol(']');
  return index;
}

function readValueToken(reader: Reader, placeholders: Placeholders): AttributeValue {
  const { kind, text } = reader.peek();
  if (kind !== 'value') throw reader.syntaxError();
  reader.next();
  const value = placeholders.value(text);
  if (value) return value;
  throw reader.error(`An expression attribute value used in expression is not defined; attribute value: ${text}`);
}

function readCommaList<T>(reader: Reader, read: () => T): T[] {
  const items = [read()];
  while (reader.symbol(',')) items.push(read());
  return items;
}
