import type { Body, Choice, ContactCard, Media, MediaKind, Template } from '../../domain/body.ts';
import { plainType, takesType } from '../../domain/media-types.ts';
import { refuse, type Problem } from '../../domain/problem.ts';
import { graphemes } from '../../domain/rich-text/graphemes.ts';
import { lengthOf, type TextLimit, type TextUnit } from '../../domain/text-length.ts';
import type { Capabilities } from '../contract.ts';

/** A limit of a text, with the field named as callers name it. */
export interface FieldLimit extends TextLimit {
  field: string;
  /** may be left out or empty */
  optional?: boolean;
}

const words: Record<TextUnit, string> = {
  utf16: 'characters (UTF-16 units)',
  bytes: 'bytes',
  characters: 'characters',
};

/** A limit that is counted as people count. */
export function inCharacters(field: string, max: number): FieldLimit {
  return { field, max, unit: 'characters' };
}

/** An option of the request is about another kind of message. */
export function notWith(option: string, what: string): Problem {
  return unprocessable('invalid_options', `options.${option} goes only with ${what}`);
}

/** The checks are made in order; the first problem is the answer. */
export function firstOf(problems: Iterable<Problem | undefined>): Problem | undefined {
  for (const problem of problems) if (problem) return problem;
  return undefined;
}

/** `message` begins with the field that is wrong, where it is about one, and `details` is its path: `contacts.0.name` of `contacts[0].name`. */
export function unprocessable(code: string, message: string, hint?: string): Problem {
  const field = fieldAtStart(message);
  const details = field === undefined ? {} : { details: field };
  return refuse(422, code, message, hint === undefined ? details : { ...details, hint }).problem;
}

function fieldAtStart(message: string): string | undefined {
  const [path = '', name = ''] = /^(\w+)[\w.[\]]*/.exec(message) ?? [];
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return field && `${field}${path.slice(name.length)}`.replaceAll(/\[(\d+)\]/g, '.$1');
}

const kinds = ['image', 'video', 'audio', 'document', 'sticker'] as const satisfies MediaKind[];

/** The fields of a send, by what a limit calls them. */
const fields: Record<string, string> = {
  ...Object.fromEntries(['media', 'media_url', ...kinds].map((name) => [name, 'media_url'])),
  ...Object.fromEntries(['text', 'message', 'email'].map((name) => [name, 'message'])),
  ...Object.fromEntries(['latitude', 'longitude'].map((name) => [name, `location.${name}`])),
  ...Object.fromEntries(
    'subject html cc attachments entities options location contacts interactive template reaction'
      .split(' ')
      .map((name) => [name, name]),
  ),
};

/** That a text is there, and no longer than its limit. */
export function checkText(text: string | undefined, limit: FieldLimit): Problem | undefined {
  if (!text?.trim()) return limit.optional ? undefined : unprocessable('missing', `${limit.field} must not be empty`);
  const length = lengthOf(text, limit.unit);
  if (length <= limit.max) return undefined;
  return unprocessable(
    'too_long',
    `${limit.field} has ${length} ${words[limit.unit]}; the limit is ${limit.max} ${words[limit.unit]}`,
  );
}

/** That there are `min` to `max` of them. */
export function checkCount(field: string, count: number, min: number, max: number): Problem | undefined {
  if (count >= min && count <= max) return undefined;
  return unprocessable(
    count < min ? 'too_few' : 'too_many',
    `${field} has ${count} items; it takes ${rangeOf(min, max)}`,
  );
}

/** Ids of choices come back as the customer's answer, so two equal ones could not be told apart. */
export function checkUnique(field: string, values: string[]): Problem | undefined {
  const twice = values.findIndex((value, index) => values.indexOf(value) !== index);
  return twice < 0 ? undefined : unprocessable('not_unique', `${field}[${twice}] repeats an earlier one`);
}

/** That each choice has an id and a title within these limits. */
export function checkChoices(field: string, choices: Choice[], id: TextLimit, title: TextLimit): Problem | undefined {
  return firstOf(
    choices.flatMap((choice, index) => [
      checkText(choice.id, { ...id, field: `${field}[${index}].id` }),
      checkText(choice.title, { ...title, field: `${field}[${index}].title` }),
    ]),
  );
}

/** A file that goes by link needs one, unless its bytes lie in our bucket and a link is made when it is sent. */
export function checkLink(media: Media): Problem | undefined {
  if (media.key !== undefined && media.link === undefined) return undefined;
  return checkUrl('media_url', media.link);
}

/** That an address is there, and one of the web. */
export function checkUrl(field: string, url: string | undefined): Problem | undefined {
  if (!url) return unprocessable('missing', `${field} is needed`);
  const protocol = URL.parse(url)?.protocol;
  if (protocol === 'https:' || protocol === 'http:') return undefined;
  return unprocessable('invalid_url', `${field} must be an http(s) address`);
}

/** What is not known of the file yet is left to the provider. */
export function checkSize(media: Media, max: number): Problem | undefined {
  if (media.size === undefined || media.size <= max) return undefined;
  return unprocessable('too_large', `media has ${media.size} bytes; the limit is ${max} bytes`);
}

/** What is not known of the file yet is left to the provider. */
export function checkType(
  kind: MediaKind,
  { mime }: Media,
  types: readonly string[],
  label: string,
): Problem | undefined {
  if (mime === undefined || takesType(types, mime)) return undefined;
  return unprocessable('media_type', `${kind} can't be ${plainType(mime) ?? mime}; ${label} takes ${types.join(', ')}`);
}

/** That a place is on earth. */
export function checkPlace(body: Extract<Body, { type: 'location' }>): Problem | undefined {
  return firstOf([checkRange('latitude', body.latitude, 90), checkRange('longitude', body.longitude, 180)]);
}

/** That there are 1 to `max` contacts, each with a name. */
export function checkContacts(contacts: ContactCard[], max = Number.POSITIVE_INFINITY): Problem | undefined {
  return firstOf([
    checkCount('contacts', contacts.length, 1, max),
    ...contacts.map((contact, index) =>
      contact.name.trim() ? undefined : unprocessable('missing', `contacts[${index}].name must not be empty`),
    ),
  ]);
}

/** Any one emoji, or none to take the reaction back. */
export function checkReaction({ emoji, target }: Extract<Body, { type: 'reaction' }>): Problem | undefined {
  return firstOf([
    checkText(target, inCharacters('reaction.message_id', 512)),
    emoji === null || isEmoji(emoji) ? undefined : unprocessable('invalid', 'reaction.emoji must be one emoji'),
  ]);
}

/** How Meta names templates ("Template management"). */
export function checkTemplateName({ name, language }: Template): Problem | undefined {
  if (!/^[a-z0-9_]{1,512}$/.test(name)) return unprocessable('invalid', 'template.name must be a-z, 0-9 and _');
  const isLanguage = /^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(language);
  return isLanguage ? undefined : unprocessable('invalid', 'template.language must look like en or en_US');
}

/** What a channel can send, as answers name it. */
export function ableOf({ media, interactive, ...can }: Capabilities): string[] {
  const kinds = Object.keys(interactive).join(', ');
  return [
    'text',
    ...(can.mail ? ['email'] : []),
    ...Object.keys(media),
    ...(can.location ? ['location'] : []),
    ...(can.contacts > 0 ? ['contacts'] : []),
    ...(can.reaction === 'none' ? [] : ['reaction']),
    ...(can.template ? ['template'] : []),
    ...(kinds === '' ? [] : [`interactive ${kinds}`]),
  ];
}

/** A body of a type, or an interactive kind, that the channel has no way to send. */
export function cannotSend(label: string, type: string, able: readonly string[]): Problem {
  const hint = `It can send: ${able.join(', ')}`;
  const details = fields[type] ?? 'interactive.kind';
  return refuse(422, 'unsupported_type', `${label} can't send '${type}'`, { details, hint }).problem;
}

function isEmoji(text: string): boolean {
  return (
    Array.from(graphemes(text)).length === 1 && /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20e3/u.test(text)
  );
}

function rangeOf(min: number, max: number): string {
  return Number.isFinite(max) ? `${min} to ${max}` : `${min} or more`;
}

function checkRange(field: string, value: number, max: number): Problem | undefined {
  if (Math.abs(value) <= max) return undefined;
  return unprocessable('out_of_range', `${field} is ${value}; it must lie between -${max} and ${max}`);
}
