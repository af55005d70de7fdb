import type { Body } from '../../domain/body.ts';
import { segmentsOf } from '../../domain/sms-encoding.ts';
import type { Wording } from '../contract.ts';
import { readAs } from '../shared/read.ts';
import { options as schema } from './options.ts';
import { wordsOf } from './request.ts';

/** With plain signs where they keep it GSM-7, and in how many parts it travels. */
export async function wording(body: Body, options: Record<string, unknown> = {}): Promise<Wording | undefined> {
  const words = wordsOf(body);
  if (words === undefined) return undefined;
  const { text, encoding, segments } = segmentsOf(words, readAs(schema, options));
  return { text, segments: { count: segments, encoding } };
}
