import type { Json } from '../../json.ts';
import { first, invalid, required, type Check, type GraphProblem } from '../meta/check.ts';

export function each<T>(items: readonly T[], check: (item: T, index: number) => Check): Check {
  return first(...items.map((item, index) => () => check(item, index)));
}

/** 131009, in the words of its details. */
export function notValid(details: string): GraphProblem {
  return { code: 131009, details };
}

/** Graph refuses members it doesn't know below the top level. */
export function onlyKeys(value: Json, path: string, allowed: readonly string[]): Check {
  const extra = Object.keys(value).find((key) => !allowed.includes(key));
  return extra === undefined ? undefined : invalid(`Unexpected key "${extra}" on param "${path}".`);
}

export function text(value: unknown, path: string, max: number): Check {
  if (value === undefined || value === null || value === '') return required(path);
  if (typeof value !== 'string') return invalid(`Param ${path} must be a string.`);
  return lengthOf(value) > max ? invalid(`Param ${path} must be at most ${max} characters long.`) : undefined;
}

export function optionalText(value: unknown, path: string, max: number): Check {
  return value === undefined ? undefined : text(value, path, max);
}

export function optionalFlag(value: unknown, path: string): Check {
  return value === undefined || typeof value === 'boolean' ? undefined : invalid(`Param ${path} must be a boolean.`);
}

export function list(value: unknown, path: string, min: number, max: number): Check {
  if (!Array.isArray(value)) return value === undefined ? required(path) : invalid(`Param ${path} must be an array.`);
  if (value.length < min) return invalid(`Param ${path} must have at least ${min} elements.`);
  return value.length > max ? invalid(`Param ${path} must have at most ${max} elements.`) : undefined;
}

/** The parts of interactive messages are refused with 131009 and a length. */
export function label(value: unknown, what: string, max: number): Check {
  const isFit = typeof value === 'string' && value.trim() !== '' && lengthOf(value) <= max;
  return isFit ? undefined : notValid(`${what} length invalid. Min length: 1, Max length: ${max}`);
}

export function unique(values: readonly unknown[], what: string): Check {
  return new Set(values).size === values.length ? undefined : notValid(`Duplicated ${what}`);
}

/** Characters as people count them: code points. */
export function lengthOf(value: string): number {
  return Array.from(value).length;
}
