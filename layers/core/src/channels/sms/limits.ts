import type { Body } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import { segmentsOf } from '../../domain/sms-encoding.ts';
import { isGsm } from '../../domain/sms-segments.ts';
import { cannotSend, checkText, unprocessable } from '../shared/limits.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';
import type { Options } from './options.ts';
import { wordsOf } from './request.ts';

const MESSAGE = { field: 'message', ...capabilities.text };

/** as many as an answer names */
const MOST_SIGNS = 10;

/** 1600 UTF-16 units, which are 11 segments of GSM-7 or 24 of UCS-2. Signs that nobody sees are not sent, and do not make a text. What may only travel as GSM-7 has to be able to. */
export function check(body: Body, options: Options = {}): Problem | undefined {
  const text = wordsOf(body);
  if (text === undefined) return cannotSend(manifest.label, body.type, ['text']);
  return checkText(text, MESSAGE) ?? checkText(segmentsOf(text, options).text, MESSAGE) ?? checkAlphabet(text, options);
}

function checkAlphabet(text: string, options: Options): Problem | undefined {
  const sent = options.encoding === 'gsm' ? segmentsOf(text, options).text : '';
  const foreign = Array.from(new Set(sent)).filter((sign) => !isGsm(sign));
  if (foreign.length === 0) return undefined;
  const words = `message has signs that GSM-7 lacks: ${foreign.slice(0, MOST_SIGNS).join(' ')}`;
  return unprocessable('not_gsm', words, 'Leave out options.encoding, and it travels as UCS-2');
}
