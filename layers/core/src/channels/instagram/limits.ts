import type { Body } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import { firstOf, unprocessable } from '../shared/limits.ts';
import { checkBody } from '../shared/meta-limits.ts';
import { capabilities as can } from './capabilities.ts';
import { manifest } from './manifest.ts';

/** The limits of the Instagram messaging API. */
export function check(body: Body): Problem | undefined {
  return firstOf([
    checkBody(body, { label: manifest.label, can }),
    body.type === 'reaction' ? checkLove(body.emoji) : undefined,
  ]);
}

/** `love` is the one reaction that is documented. */
function checkLove(emoji: string | null): Problem | undefined {
  const isLove = emoji === null || emoji.replace('\ufe0f', '') === '\u2764';
  return isLove ? undefined : unprocessable('invalid', 'reaction.emoji must be ❤ on Instagram');
}
