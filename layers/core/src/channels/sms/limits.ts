import type { Body } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import { cannotSend, checkText } from '../shared/limits.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';

/** 1600 UTF-16 units, which are 11 segments of GSM-7 or 24 of UCS-2. */
export function check(body: Body): Problem | undefined {
  if (body.type !== 'text') return cannotSend(manifest.label, body.type, ['text']);
  return checkText(body.text, { field: 'message', ...capabilities.text });
}
