import * as v from 'valibot';
import { text } from './meta-wire.ts';
import { idText as id, maybe, number, object } from './read.ts';

/** Older forms have `url` and `title` beside an empty payload. */
export const attachment = object({ type: v.string(), url: text, title: text, payload: maybe(object({})) });
export type Attachment = v.InferOutput<typeof attachment>;

export const file = object({ url: text, title: text, sticker_id: maybe(id) });

export const place = object({ lat: number, long: number });

const button = object({ type: text, title: v.string(), payload: text, url: text });
export type Button = v.InferOutput<typeof button>;

export const template = object({
  template_type: text,
  text,
  buttons: maybe(v.array(button)),
  elements: maybe(v.array(object({ title: text, subtitle: text, image_url: text, buttons: maybe(v.array(button)) }))),
  product: maybe(object({ elements: v.array(object({ title: text, retailer_id: maybe(id) })) })),
});
export type Template = v.InferOutput<typeof template>;
