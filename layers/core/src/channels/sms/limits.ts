import type { Body } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import { cannotSend, checkText } from '../shared/limits.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';
import { wordsOf } from './request.ts';

/** 1600 UTF-16 units, which are 11 segments of GSM-7 or 24 of UCS-2. */
export function check(body: Body): Problem | undefined {
  const text = wordsOf(body);
  if (text === undefined) return cannotSend(manifest.label, body.type, ['text']);
  return checkText(text, { field: 'message', ...capabilities.text });
}
