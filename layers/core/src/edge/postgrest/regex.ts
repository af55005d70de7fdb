import type { Result } from './problem.ts';
import { refuse } from './problem.ts';
import type { CharacterTest } from './regex-class.ts';
import { PatternError } from './regex-class.ts';
import type { Pattern, PlaceTest } from './regex-syntax.ts';
import { parsePattern } from './regex-syntax.ts';

/** Limits of a regular expression in a filter: its text, and the states it becomes once counts are written out. */
export const maxPatternLength = 200;
const maxStates = 2000;

type State =
  | { kind: 'character'; test: CharacterTest; next: State }
  | { kind: 'place'; test: PlaceTest; next: State }
  | { kind: 'fork'; to: State[] }
  | { kind: 'found' };

/**
 * The search that `match` and `imatch` make. It follows all alternatives side by side, so a text costs at most its
 * length times the number of states: no pattern can make it backtrack.
 */
export function regexTest(text: string, ignoreCase: boolean): Result<(value: string) => boolean> {
  if (text.length > maxPatternLength) return invalid(`a pattern has at most ${maxPatternLength} characters`);
  try {
    const pattern = parsePattern(text);
    if (size(pattern) > maxStates) return invalid('the repetition counts are too large');
    const start = build(pattern, { kind: 'found' });
    return { ok: true, value: (value) => search(start, Array.from(value), ignoreCase) };
  } catch (error) {
    if (error instanceof PatternError) return invalid(error.message);
    throw error;
  }
}

function invalid(rule: string): Result<never> {
  return refuse('2201B', `invalid regular expression: ${rule}`);
}

function size(pattern: Pattern): number {
  if (pattern.kind === 'character' || pattern.kind === 'place') return 1;
  if (pattern.kind !== 'repeat') return pattern.parts.reduce((sum, part) => sum + size(part), 1);
  return (size(pattern.part) + 1) * (pattern.max === Infinity ? pattern.min + 1 : pattern.max);
}

function build(pattern: Pattern, next: State): State {
  switch (pattern.kind) {
    case 'character':
      return { kind: 'character', test: pattern.test, next };
    case 'place':
      return { kind: 'place', test: pattern.test, next };
    case 'sequence':
      return pattern.parts.reduceRight((after, part) => build(part, after), next);
    case 'choice':
      return { kind: 'fork', to: pattern.parts.map((part) => build(part, next)) };
    default:
      return buildRepeat(pattern, next);
  }
}

function buildRepeat({ part, min, max }: Pattern & { kind: 'repeat' }, next: State): State {
  let state = max === Infinity ? loop(part, next) : next;
  const optional = max === Infinity ? 0 : max - min;
  for (let extra = 0; extra < optional; extra++) state = { kind: 'fork', to: [build(part, state), next] };
  for (let needed = 0; needed < min; needed++) state = build(part, state);
  return state;
}

function loop(part: Pattern, next: State): State {
  const to = [next];
  const fork: State = { kind: 'fork', to };
  to.push(build(part, fork));
  return fork;
}

function search(start: State, text: readonly string[], ignoreCase: boolean): boolean {
  let active = new Set<State>();
  for (let at = 0; at <= text.length; at++) {
    // A match may begin anywhere, so the start joins at every place.
    if (enter([...active, start], active, text[at - 1], text[at])) return true;
    active = step(active, text[at], ignoreCase);
  }
  return false;
}

/** Adds to `active` all states reachable without a character; true when one of them is the end of the pattern. */
function enter(states: State[], active: Set<State>, before: string | undefined, after: string | undefined): boolean {
  active.clear();
  for (let state = states.pop(); state; state = states.pop()) {
    if (state.kind === 'found') return true;
    if (active.has(state)) continue;
    active.add(state);
    if (state.kind === 'fork') states.push(...state.to);
    if (state.kind === 'place' && state.test(before, after)) states.push(state.next);
  }
  return false;
}

function step(active: Set<State>, character: string | undefined, ignoreCase: boolean): Set<State> {
  const next = new Set<State>();
  if (character === undefined) return next;
  const spellings = ignoreCase ? [character.toLowerCase(), character.toUpperCase()] : [character];
  for (const state of active) {
    if (state.kind === 'character' && spellings.some(state.test)) next.add(state.next);
  }
  return next;
}
