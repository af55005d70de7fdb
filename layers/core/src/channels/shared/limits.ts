import type { Body, Choice, ContactCard, Media, MediaKind } from '../../domain/body.ts';
import { plainType, takesType } from '../../domain/media-types.ts';
import { refuse, type Problem } from '../../domain/problem.ts';
import { lengthOf, type TextUnit } from '../../domain/text-length.ts';

/** A limit of a text, named as callers name the field. */
export interface TextLimit {
  field: string;
  max: number;
  unit: TextUnit;
  /** may be left out or empty */
  optional?: boolean;
}

const words: Record<TextUnit, string> = {
  utf16: 'characters (UTF-16 units)',
  bytes: 'bytes',
  characters: 'characters',
};

/** A limit that is counted as people count. */
export function inCharacters(field: string, max: number): TextLimit {
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

/** `message` begins with the field that is wrong, where it is about one. */
export function unprocessable(code: string, message: string, hint?: string): Problem {
  const field = FIELD.exec(message)?.[0];
  const details = field === undefined ? {} : { details: field };
  return refuse(422, code, message, hint === undefined ? details : { ...details, hint }).problem;
}

/** One of a send, or what lies in it. */
const FIELD =
  /^(?:message|media_url|html|subject|location|latitude|longitude|contacts|interactive|template|reaction|options|entities)\b[\w.[\]]*/;

export function checkText(text: string | undefined, limit: TextLimit): Problem | undefined {
  if (!text?.trim()) return limit.optional ? undefined : unprocessable('missing', `${limit.field} must not be empty`);
  const length = lengthOf(text, limit.unit);
  if (length <= limit.max) return undefined;
  return unprocessable(
    'too_long',
    `${limit.field} has ${length} ${words[limit.unit]}; the limit is ${limit.max} ${words[limit.unit]}`,
  );
}

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

export function checkPlace(body: Extract<Body, { type: 'location' }>): Problem | undefined {
  return firstOf([checkRange('latitude', body.latitude, 90), checkRange('longitude', body.longitude, 180)]);
}

export function checkContacts(contacts: ContactCard[], max = Number.POSITIVE_INFINITY): Problem | undefined {
  return firstOf([
    checkCount('contacts', contacts.length, 1, max),
    ...contacts.map((contact, index) =>
      contact.name.trim() ? undefined : unprocessable('missing', `contacts[${index}].name must not be empty`),
    ),
  ]);
}

/** A body of a type, or an interactive kind, that the channel has no way to send. */
export function cannotSend(label: string, type: string, able: readonly string[]): Problem {
  return unprocessable('unsupported_type', `${label} can't send '${type}'`, `It can send: ${able.join(', ')}`);
}

function rangeOf(min: number, max: number): string {
  return Number.isFinite(max) ? `${min} to ${max}` : `${min} or more`;
}

function checkRange(field: string, value: number, max: number): Problem | undefined {
  if (Math.abs(value) <= max) return undefined;
  return unprocessable('out_of_range', `${field} is ${value}; it must lie between -${max} and ${max}`);
}
