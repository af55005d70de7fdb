import { isObject } from './json-value.ts';

/** A JSON value as text that is the same for all ways to write it: without spaces, and with the keys of each object in order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (isObject(each) ? inOrder(each) : each));
}

function inOrder(object: object): object {
  return Object.fromEntries(Object.entries(object).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
