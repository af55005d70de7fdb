/** The column types a table may have; rows hold them as JSON does, timestamps as ISO 8601 text. */
export type ColumnType = 'text' | 'timestamptz' | 'integer' | 'boolean' | 'json' | 'text[]';

/** What may be asked of one table. */
export interface TableSchema {
  name: string;
  /** in the order that `select=*` answers */
  columns: Readonly<Record<string, ColumnType>>;
  /** columns where `?column=value` without an operator means eq */
  bareFilters: readonly string[];
  /** the known values of a column: a filter finds them whatever its case */
  words?: Readonly<Record<string, readonly string[]>>;
  /** by column: a value as rows have it, for one that a filter may spell otherwise */
  spelled?: Readonly<Record<string, (written: string) => string>>;
}

/** A row before projection. A missing column and null are both SQL's null. */
export type Row = Readonly<Record<string, unknown>>;

/** A column, or a place inside its JSON. */
export interface Operand {
  column: string;
  /** type of the value found: `->` gives json, `->>` gives text */
  type: ColumnType;
  /** keys and array positions (negative counts from the end) below the column */
  path: readonly (string | number)[];
}

export const operators = [
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'like',
  'ilike',
  'match',
  'imatch',
  'in',
  'is',
  'isdistinct',
  'fts',
  'plfts',
  'phfts',
  'wfts',
  'cs',
  'cd',
  'ov',
  'sl',
  'sr',
  'nxr',
  'nxl',
  'adj',
] as const;

export type Operator = (typeof operators)[number];

/** One condition. `in` and the quantified operators have any number of values, the others one. */
export interface Comparison {
  kind: 'comparison';
  operand: Operand;
  operator: Operator;
  values: readonly string[];
  quantifier?: 'any' | 'all';
}

export type Filter =
  | Comparison
  | { kind: 'and'; filters: readonly Filter[] }
  | { kind: 'or'; filters: readonly Filter[] }
  | { kind: 'not'; filter: Filter };

export type Cast = 'text' | 'integer' | 'number' | 'boolean';

export interface SelectedColumn extends Operand {
  /** the key in the answer: alias, last JSON key or column */
  name: string;
  cast?: Cast;
}

export interface Order extends Operand {
  descending: boolean;
  nullsFirst: boolean;
}

/** A parsed query string. Everything in it names existing columns and readable values. */
export interface Query {
  filters: Filter;
  select: readonly SelectedColumn[];
  order: readonly Order[];
  /** rows asked for, 0 to maxRows; absent means maxRows */
  limit?: number;
  offset: number;
  onConflict?: readonly string[];
  columns?: readonly string[];
}

/** The most rows one answer holds, as PostgREST's max-rows: a larger limit is read as this one. */
export const maxRows = 1000;
