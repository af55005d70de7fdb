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
    body.type === 'reaction' ? checkEmoji(body.emoji) : undefined,
  ]);
}

/** As a picture or as a sign, it is the same emoji. */
function checkEmoji(emoji: string | null): Problem | undefined {
  const { reactions = [] } = can;
  if (emoji === null || reactions.includes(emoji.replace('\ufe0f', ''))) return undefined;
  return unprocessable('invalid', `reaction.emoji must be ${reactions.join(' ')} on Instagram`);
}
