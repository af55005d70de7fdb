import type { Entity, RichText } from './body.ts';
import { compact } from './compact.ts';
import { exchange } from './rich-text/exchange.ts';
import type { Span } from './rich-text/spans.ts';

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

interface Placeholder extends Span {
  /** missing where the text stands for itself */
  name?: string;
  fallback?: string;
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
  const linked = entities?.map((entity, index) => leadingTo(links[index], entity));
  const exchanges = placeholders.map((one) => ({ ...one, text: fillingOf(one, values, write) }));
  const { text: words, entities: kept } = exchange({ text, ...(linked && { entities: linked }) }, exchanges);
  return { ok: true, text: words, ...(kept && { entities: kept.filter(({ length }) => length > 0) }) };
}

function placeholdersIn(text: string): Placeholder[] {
  return Array.from(text.matchAll(PLACEHOLDER), ({ 0: { length }, index, groups = {} }) => {
    const name = groups['double'] ?? groups['single'];
    const fallback = groups['literal'] ?? groups['fallback'];
    return { start: index, end: index + length, ...compact({ name, fallback }) };
  });
}

/** A default is the author's own writing: only a value is a stranger there. */
function fillingOf(placeholder: Placeholder, values: Values, write: (value: string) => string): string {
  const known = knownOf(placeholder, values);
  return known === undefined ? (placeholder.fallback ?? '') : write(known);
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

function leadingTo(link: Rendered | undefined, entity: Entity): Entity {
  return link?.ok ? { ...entity, url: link.text } : entity;
}
