/** Something the caller can mend, as the API says it: names the field and the limit. */
export interface Problem {
  status: 400 | 401 | 403 | 404 | 405 | 406 | 409 | 413 | 415 | 416 | 422 | 429;
  code: string;
  message: string;
  details?: string;
  hint?: string;
  /** seconds after which asking again is of use */
  retryAfterS?: number;
}

/** What was asked for, or what the caller can mend. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** The good end of a `Result`. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** The bad end of a `Result`. */
export function refuse(
  status: Problem['status'],
  code: string,
  message: string,
  more?: Pick<Problem, 'details' | 'hint' | 'retryAfterS'>,
): { ok: false; problem: Problem } {
  return { ok: false, problem: { status, code, message, ...more } };
}
