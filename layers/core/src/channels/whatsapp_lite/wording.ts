import type { Body } from '../../domain/body.ts';
import type { Wording } from '../contract.ts';
import { wordsOf } from './words.ts';

/** WhatsApp's own marks stand for formatting. */
export async function wording(body: Body): Promise<Wording | undefined> {
  const text = 'entities' in body ? wordsOf(body) : undefined;
  return text === undefined ? undefined : { text };
}
