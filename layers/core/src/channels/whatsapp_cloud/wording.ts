import type { Body } from '../../domain/body.ts';
import type { Wording } from '../contract.ts';
import { wordsOf } from './request.ts';

/** WhatsApp's own marks stand for formatting. A template has its words at Meta. */
export async function wording(body: Body): Promise<Wording | undefined> {
  if (!('entities' in body) || body.text === undefined || body.type === 'template') return undefined;
  return { text: wordsOf(body) };
}
