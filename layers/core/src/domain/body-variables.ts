import type { Body, Entity } from './body.ts';
import { render, renderUrl, variablesIn } from './variables.ts';
import type { Rendered, Values } from './variables.ts';

/** A body that is filled in, or the names of the variables that stand for nothing. */
export type RenderedBody = { ok: true; body: Body } | { ok: false; missing: string[] };

/** A body with the variables of all its words and links filled in. */
export function renderBody(body: Body, values: Values): RenderedBody {
  const missing = new Set<string>();
  const filled = renderIn(body, '', values, missing);
  return missing.size > 0 ? { ok: false, missing: [...missing] } : { ok: true, body: filled as Body };
}

/** The names of the variables in the words of anything made of objects, lists and texts. */
export function variablesOf(value: unknown): string[] {
  return [...new Set(textsIn(value).flatMap(variablesIn))];
}

const LINKS = new Set(['url', 'link', 'image']);

function renderIn(value: unknown, name: string, values: Values, missing: Set<string>): unknown {
  if (typeof value === 'string') return taken(renderText(value, name, values), value, missing).text;
  if (Array.isArray(value)) return value.map((each: unknown) => renderIn(each, name, values, missing));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key]) => key !== 'entities' || !isWords(value));
  const filled = Object.fromEntries(members.map(([key, each]) => [key, renderIn(each, key, values, missing)]));
  if (!isWords(value)) return filled;
  return { ...filled, ...taken(render(value.text, value.entities, values), value.text, missing) };
}

function renderText(text: string, name: string, values: Values): Rendered {
  return LINKS.has(name) && /^https?:/.test(text) ? renderUrl(text, values) : render(text, undefined, values);
}

/** A text whose formatting has to move with its words. */
function isWords(value: object): value is { text: string; entities: Entity[] } {
  return 'text' in value && typeof value.text === 'string' && 'entities' in value && Array.isArray(value.entities);
}

function taken(rendered: Rendered, text: string, missing: Set<string>): { text: string; entities?: Entity[] } {
  if (!rendered.ok) {
    for (const name of rendered.missing) missing.add(name);
    return { text };
  }
  const { ok: _ok, ...words } = rendered;
  return words;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
