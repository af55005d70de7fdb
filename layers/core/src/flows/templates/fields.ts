import * as v from 'valibot';
import type { HeaderFile, Template } from '../../domain/body.ts';
import { compact } from '../../domain/compact.ts';
import { items, object, oneOf, range, text, texts, webUrl, whole } from '../../domain/fields.ts';

const short = text(1, 256);
const headerFile = { type: oneOf(['image', 'video', 'document']), url: webUrl, filename: v.optional(short) };

/** A file above a text: its kind and where it is. */
export const file = v.pipe(object(headerFile), v.transform(fileOf));

const headers = {
  parameters: object({ parameters: texts }),
  file: v.pipe(object(headerFile), v.transform(fileOf)),
  place: v.pipe(
    object({
      latitude: range(-90, 90),
      longitude: range(-180, 180),
      name: v.optional(short),
      address: v.optional(short),
    }),
    v.transform(compact),
  ),
};

/** What is neither a file nor a place is held against the values of a text. */
const header = v.lazy((value) => headers[kindOf(value)]);

const button = v.pipe(
  object({
    index: whole(0, 9),
    url: v.optional(text(1, 2000)),
    payload: v.optional(short),
    code: v.optional(text(1, 20)),
  }),
  v.check(
    ({ url, payload, code }) => [url, payload, code].filter((each) => each !== undefined).length === 1,
    'must have one of url, payload and code',
  ),
  v.transform(compact),
);

/** A template with what fills it in, as a caller writes it. */
export const template = v.pipe(
  object({
    name: text(1, 512),
    language: short,
    parameters: v.optional(texts),
    header: v.optional(header),
    buttons: v.optional(items(button, 1, 10)),
  }),
  v.transform((given): Template => compact(given)),
);

function kindOf(value: unknown): keyof typeof headers {
  if (typeof value !== 'object' || value === null) return 'parameters';
  if ('url' in value || 'type' in value) return 'file';
  return 'latitude' in value || 'longitude' in value ? 'place' : 'parameters';
}

function fileOf({ type, url, filename }: { type: HeaderFile['type']; url: string; filename?: string | undefined }) {
  return { type, media: compact({ status: 'ready' as const, link: url, filename }) };
}
