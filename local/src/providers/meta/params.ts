import { isRecord, type Json } from '../../json.ts';
import { shown } from '../json.ts';
import { isHttpUrl, isLoopback } from '../media.ts';
import { invalid, required, type Check } from './check.ts';

/** Graph refuses members it doesn't know. */
export function onlyKeys(value: Json, path: string, allowed: readonly string[]): Check {
  const extra = Object.keys(value).find((key) => !allowed.includes(key));
  return extra === undefined ? undefined : invalid(`Invalid keys "${extra}" were found in param "${path}".`);
}

/** `max` counts characters as people do: code points. */
export function text(value: unknown, path: string, max: number): Check {
  if (value === undefined || value === null || value === '') return required(path);
  if (typeof value !== 'string') return invalid(`Param ${path} must be a string.`);
  const isFit = Array.from(value).length <= max;
  return isFit ? undefined : invalid(`Length of param ${path} must be less than or equal to ${max}`);
}

export function optionalText(value: unknown, path: string, max: number): Check {
  return value === undefined ? undefined : text(value, path, max);
}

export function oneOf(value: unknown, path: string, allowed: readonly string[]): Check {
  if (typeof value === 'string' && allowed.includes(value)) return undefined;
  const words = allowed.join(', ');
  return value === undefined
    ? required(path)
    : invalid(`Param ${path} must be one of {${words}} - got "${shown(value)}".`);
}

/** Meta opens https only; on this machine there is none. */
export function webUrl(value: unknown, path: string): Check {
  const isFit = typeof value === 'string' && isHttpUrl(value) && (value.startsWith('https:') || isLoopback(value));
  if (value === undefined) return required(path);
  return isFit ? undefined : invalid(`Param ${path} should represent a valid URL`);
}

/** A list of objects of such a length. */
export function list(value: unknown, path: string, min: number, max: number): Check {
  if (!Array.isArray(value) || !value.every(isRecord)) return invalid(`Param ${path} must be an array.`);
  if (value.length < min) return invalid(`Param ${path} must have at least ${min} elements.`);
  return value.length > max ? invalid(`Param ${path} has too many elements: at most ${max} are allowed.`) : undefined;
}

/** An action has no such member. */
export function none(value: unknown, path: string): Check {
  return value === undefined ? undefined : invalid(`Param ${path} does not go with a sender_action`);
}
