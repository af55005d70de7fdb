import { isRecord } from '../../json.ts';

/** What is wrong with a request, by Graph's codes. */
export interface GraphProblem {
  code: number;
  subcode?: number;
  /** instead of the code's own words */
  message?: string;
  /** beside them, where the product tells any */
  details?: string;
}

/** A problem, or nothing wrong. */
export type Check = GraphProblem | undefined;

export function invalid(message: string): GraphProblem {
  return { code: 100, message };
}

export function required(path: string): GraphProblem {
  return invalid(`The parameter ${path} is required.`);
}

export function object(value: unknown, path: string): Check {
  if (value === undefined || value === null) return required(path);
  return isRecord(value) ? undefined : invalid(`Param ${path} must be a JSON object.`);
}

/** The first problem; later checks run only when the earlier ones passed. */
export function first(...checks: (() => Check)[]): Check {
  for (const check of checks) {
    const problem = check();
    if (problem) return problem;
  }
  return undefined;
}

/** For an object that does not exist or that this token may not see; Graph does not tell which. */
export function noSuchObject(id: string, verb: string): GraphProblem {
  return {
    code: 100,
    subcode: 33,
    message: `Unsupported ${verb.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  };
}
