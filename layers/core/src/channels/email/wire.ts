import * as v from 'valibot';
import { filledText, maybe, object } from '../shared/read.ts';

/** A mail that a webhook brings, `raw` in base64, or tells of, which was put into the bucket before. */
export const delivery = object({
  envelope: object({ from: maybe(v.string()), to: v.array(filledText) }),
  raw: maybe(filledText),
  upload_id: maybe(filledText),
});

/** Someone who opened the link of a mail that ends such mail; `asked`: and said so. */
export const unsubscription = object({ unsubscribe: filledText, asked: v.boolean() });
