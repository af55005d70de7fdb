import type { Problem as DomainProblem } from '../../domain/problem.ts';

/** What the caller did wrong, in PostgREST's words: the body of an error answer and its HTTP status. */
export interface Problem extends Omit<DomainProblem, 'status'> {
  status: DomainProblem['status'] | 416;
}

export type Refusal = { ok: false; problem: Problem };
export type Result<T> = { ok: true; value: T } | Refusal;

// https://docs.postgrest.org/en/stable/references/errors.html
// PostgREST answers 404 to 42883; here it is 400, because 404 would say that the table is missing.
const statuses = {
  PGRST100: 400, // query string cannot be parsed
  PGRST102: 400, // body cannot be parsed
  PGRST103: 416, // range cannot be satisfied
  PGRST106: 406, // unknown schema
  PGRST107: 406, // no acceptable media type
  PGRST108: 400, // filter on something that is not embedded
  PGRST116: 406, // not exactly one row
  PGRST117: 405, // method not allowed
  PGRST122: 400, // unknown preference with handling=strict
  PGRST123: 400, // aggregate functions are off
  PGRST124: 400, // more rows affected than max-affected
  PGRST125: 404, // nothing at this path
  PGRST200: 400, // no such relationship
  PGRST202: 404, // unknown function
  PGRST204: 400, // unknown column in columns=
  PGRST205: 404, // unknown table
  PGRST301: 401, // token cannot be verified
  PGRST302: 401, // credential missing
  PGRST303: 401, // token claims refused
  '22003': 400, // number out of range
  '22007': 400, // not a timestamp
  '2201B': 400, // not a regular expression
  '2201W': 400, // negative limit
  '2201X': 400, // negative offset
  '22025': 400, // like pattern ends in its escape character
  '22P02': 400, // text does not read as the column's type
  '42501': 403, // not allowed
  '42601': 400, // text search query cannot be parsed
  '42703': 400, // unknown column
  '42704': 400, // unknown type in a cast
  '42804': 400, // operator needs another type
  '42883': 400, // operator does not exist for the column's type
} as const satisfies Record<string, Problem['status']>;

export type ProblemCode = keyof typeof statuses;

/** A problem with the HTTP status that its code carries in PostgREST. */
export function problem(code: ProblemCode, message: string, more?: Pick<Problem, 'details' | 'hint'>): Problem {
  return { status: statuses[code], code, message, ...more };
}

export function refuse(code: ProblemCode, message: string, more?: Pick<Problem, 'details' | 'hint'>): Refusal {
  return { ok: false, problem: problem(code, message, more) };
}

/** The refusal of text that cannot be read: `what` names the parameter, `expected` what is allowed there. */
export function unreadable(what: string, text: string, expected: string): Refusal {
  return refuse('PGRST100', `failed to parse ${what} (${clip(text)})`, { details: expected });
}

/** The four members that every PostgREST client reads, absent ones as null. */
export function problemBody({ code, message, details, hint }: Problem): string {
  return JSON.stringify({ code, message, details: details ?? null, hint: hint ?? null });
}

/** Applies `each` to every item and stops at the first refusal. */
export function collect<T, U>(items: Iterable<T>, each: (item: T) => Result<U>): Result<U[]> {
  const values: U[] = [];
  for (const item of items) {
    const result = each(item);
    if (!result.ok) return result;
    values.push(result.value);
  }
  return { ok: true, value: values };
}

function clip(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
