import type { Body, MediaKind, RichText } from '../../domain/body.ts';
import { compact } from '../../domain/compact.ts';
import { kindOfType, typeOfName } from '../../domain/media-types.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { Fields } from './fields.ts';
import { readWords } from './words.ts';

/** The fields that say what a message is. */
export const OF_A_BODY = [
  'message',
  'entities',
  'format',
  'media_url',
  'media_type',
  'upload_id',
  'html',
  'location',
  'contacts',
  'interactive',
  'template',
  'reaction',
  'forward_of',
] as const satisfies (keyof Fields)[];

/** What a send says. Undefined when it passes another message on, or is a template of the library. */
export function toBody(data: Fields): Result<Body | undefined> {
  if (data.template_id !== undefined) return alone(data, 'template_id');
  if (data.forward_of !== undefined) return alone(data, 'forward_of');
  const [kind, other] = KINDS.filter((name) => data[name] !== undefined);
  if (kind && other) return contradiction(kind, other);
  if (kind && WORDLESS.has(kind) && data.message) return contradiction(kind, 'message');
  const words = readWords(data);
  if (!words.ok) return words;
  const text = words.value;
  if (data.template) return ok({ type: 'template', template: data.template, ...text });
  if (data.interactive)
    return ok({
      type: 'interactive',
      interactive: data.interactive as Extract<Body, { type: 'interactive' }>['interactive'],
      ...text,
    });
  if (data.reaction) return ok({ type: 'reaction', emoji: data.reaction.emoji, target: data.reaction.message_id });
  if (data.location) return ok({ type: 'location', ...compact(data.location) });
  if (data.contacts) return ok({ type: 'contacts', contacts: data.contacts.map(compact) });
  return toFileOrText(data, words.value);
}

/** Each makes a message of another kind. */
const KINDS = ['template', 'interactive', 'reaction', 'location', 'contacts', 'media_url', 'upload_id'] as const;

/** With these no words go. */
const WORDLESS = new Set<string>(['reaction', 'location', 'contacts']);

/** A template of the library, or a message passed on, brings all of what is sent. */
function alone(data: Fields, field: 'template_id' | 'forward_of'): Result<undefined> {
  const other = OF_A_BODY.find((name) => name !== field && data[name] !== undefined && data[name] !== '');
  return other === undefined ? ok(undefined) : contradiction(field, other);
}

function contradiction(one: string, other: string) {
  return refuse(400, 'contradiction', `'${one}' and '${other}' each say what to send: give one`, { details: other });
}

function toFileOrText(data: Fields, words: RichText | undefined): Result<Body> {
  if (data.upload_id !== undefined)
    return ok({ type: data.media_type ?? 'document', media: { status: 'pending' }, ...words });
  if (data.media_url)
    return ok({
      type: data.media_type ?? kindOf(data.media_url),
      media: { status: 'ready', link: data.media_url },
      ...words,
    });
  if (data.media_type)
    return refuse(400, 'missing_field', `'media_type' needs a 'media_url' or an 'upload_id'`, { details: 'media_url' });
  if (words) return ok({ type: 'text', ...words });
  if (data.html !== undefined || data.attachments) return ok({ type: 'text', text: '' });
  return refuse(400, 'missing_field', `'message' is required: the text to send (it may be empty only beside media)`, {
    details: 'message',
  });
}

/** What a link's ending says, when the caller did not. */
function kindOf(url: string): MediaKind {
  return kindOfType(typeOfName(url) ?? '');
}
