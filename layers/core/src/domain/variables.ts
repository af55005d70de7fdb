import type { Entity, RichText } from './body.ts';
import { compact } from './compact.ts';

/** What variables stand for, by name. An empty value is none. */
export type Values = Readonly<Record<string, string>>;

/** A text that is filled in, or the names of the variables that stand for nothing. */
export type Rendered = ({ ok: true } & RichText) | { ok: false; missing: string[] };

/**
 * A text with its variables filled in. `{{name}}`, `{{name|default}}` and `{name}` are variables; a name is letters of
 * any script, digits, `_` and `.`. Any other brace stays as it is written, and so does what stands in `{{"…"}}`.
 * Values are not read again, so what a customer is called can't name a variable. Formatting moves with its words.
 */
export function render(text: string, entities: Entity[] | undefined, values: Values): Rendered {
  return filled({ text, ...(entities && { entities }) }, values, (value) => value);
}

/** A link with its variables filled in: values can't change what kind of link it is or where it leads. */
export function renderUrl(url: string, values: Values): Rendered {
  return filled({ text: url }, values, encodeURIComponent);
}

/** HTML with its variables filled in: values are words, never markup. */
export function renderHtml(html: string, values: Values): Rendered {
  return filled({ text: html }, values, (value) => value.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`));
}

/** The names of the variables of a text, in the order they come; those with a default of their own too. */
export function variablesIn(text: string): string[] {
  return [...new Set(placeholdersIn(text).flatMap(({ name }) => name ?? []))];
}

/** Values of several sources as one; a later source counts before an earlier one, and an empty value is none. */
export function joinValues(...sources: (Readonly<Record<string, string | undefined>> | undefined)[]): Values {
  const entries = sources.flatMap((source) => Object.entries(source ?? {}));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => hasWords(entry[1])));
}

interface Placeholder {
  start: number;
  end: number;
  /** missing where the text stands for itself */
  name?: string;
  fallback?: string;
}

interface Filling extends Placeholder {
  value: string;
}

// people who write from right to left leave marks of direction between the braces
const MARKS = String.raw`[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*`;
const PAD = String.raw`[\s\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*`;
const NAME = String.raw`[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.]*`;
const PLACEHOLDER = new RegExp(
  [
    String.raw`\{\{${PAD}"(?<literal>[^"]*)"${PAD}\}\}`,
    String.raw`\{\{${PAD}(?<double>${NAME})${PAD}(?:\|(?<fallback>[^{}]*))?\}\}`,
    String.raw`(?<!\{)\{${MARKS}(?<single>${NAME})${MARKS}\}`,
  ].join('|'),
  'gu',
);

function filled({ text, entities }: RichText, values: Values, write: (value: string) => string): Rendered {
  const links = (entities ?? []).map(({ url }) => (url === undefined ? undefined : renderUrl(url, values)));
  const placeholders = placeholdersIn(text);
  const missing = [
    ...placeholders.filter((one) => isMissing(one, values)).flatMap(({ name }) => name ?? []),
    ...links.flatMap((link) => (link?.ok === false ? link.missing : [])),
  ];
  if (missing.length > 0) return { ok: false, missing: [...new Set(missing)] };
  const fillings = placeholders.map((one) => fill(one, values, write));
  const kept = entities?.map((entity, index) => move(entity, fillings, links[index]));
  return {
    ok: true,
    text: replace(text, fillings),
    ...(kept && { entities: kept.filter(({ length }) => length > 0) }),
  };
}

function placeholdersIn(text: string): Placeholder[] {
  return Array.from(text.matchAll(PLACEHOLDER), ({ 0: { length }, index, groups = {} }) => {
    const name = groups['double'] ?? groups['single'];
    const fallback = groups['literal'] ?? groups['fallback'];
    return { start: index, end: index + length, ...compact({ name, fallback }) };
  });
}

/** A default is the author's own writing: only a value is a stranger there. */
function fill(placeholder: Placeholder, values: Values, write: (value: string) => string): Filling {
  const known = knownOf(placeholder, values);
  return { ...placeholder, value: known === undefined ? (placeholder.fallback ?? '') : write(known) };
}

function isMissing(placeholder: Placeholder, values: Values): boolean {
  return knownOf(placeholder, values) === undefined && placeholder.fallback === undefined;
}

function knownOf({ name }: Placeholder, values: Values): string | undefined {
  const value = name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
  return hasWords(value) ? value : undefined;
}

function hasWords(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

function replace(text: string, fillings: Filling[]): string {
  const pieces = fillings.map(({ start, value }, index) => text.slice(fillings[index - 1]?.end ?? 0, start) + value);
  return pieces.join('') + text.slice(fillings.at(-1)?.end ?? 0);
}

function move(entity: Entity, fillings: Filling[], link: Rendered | undefined): Entity {
  const offset = moved(entity.offset, fillings, 'start');
  const length = moved(entity.offset + entity.length, fillings, 'end') - offset;
  return { ...entity, offset, length, ...(link?.ok ? { url: link.text } : {}) };
}

/** Where a place of the text lies in the new one. What begins or ends within a variable does so with its value. */
function moved(place: number, fillings: Filling[], side: 'start' | 'end'): number {
  let grown = 0;
  for (const { start, end, value } of fillings) {
    if (start >= place) break;
    if (end > place) return start + grown + (side === 'end' ? value.length : 0);
    grown += value.length - (end - start);
  }
  return place + grown;
}
