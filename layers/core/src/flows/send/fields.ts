import * as v from 'valibot';
import { anyObject, items, object, oneOf, range, text, webUrl, whole } from '../../domain/fields.ts';
import { isObject } from '../../domain/json-value.ts';
import { windowPolicy } from '../../domain/send-window.ts';
import { ofKind } from '../of-kind.ts';
import { file, template } from '../templates/fields.ts';
import { recurrence, time, timezone } from '../schedule/time-fields.ts';

const MOST_VARIABLES = 100;
const MOST_VALUE = 4096;

const short = text(1, 256);
const choice = object({ id: short, title: short, description: v.optional(short) });
const link = object({ title: short, url: webUrl });
const choices = items(choice, 1);
const around = { header: v.optional(short), footer: v.optional(short) };
const headed = { ...around, file: v.optional(file) };

const interactive = ofKind({
  buttons: { buttons: choices, ...headed },
  quick_replies: { buttons: choices },
  list: {
    button: short,
    sections: items(object({ title: v.optional(short), rows: choices }), 1),
    ...around,
  },
  link_button: { link, ...headed },
  carousel: {
    cards: items(
      object({ text: short, image: v.optional(webUrl), buttons: v.optional(choices), link: v.optional(link) }),
      1,
    ),
  },
  location_request: {},
});

const entity = object({
  type: oneOf([
    'bold',
    'italic',
    'underline',
    'strikethrough',
    'spoiler',
    'code',
    'pre',
    'blockquote',
    'text_link',
    'url',
  ]),
  offset: whole(0),
  length: whole(1),
  url: v.optional(webUrl),
  language: v.optional(short),
});

const location = object({
  latitude: range(-90, 90),
  longitude: range(-180, 180),
  name: v.optional(short),
  address: v.optional(short),
});

const contact = object({
  name: short,
  phones: items(short, 0),
  emails: v.optional(items(short, 0)),
  organization: v.optional(short),
});

/** `target` is the word that rows have for the message. */
const reaction = v.pipe(
  v.unknown(),
  v.transform((value) => {
    if (typeof value !== 'object' || value === null || !('target' in value) || 'message_id' in value) return value;
    const { target, ...rest } = value;
    return { ...rest, message_id: target };
  }),
  object({ emoji: v.nullable(text(1, 64)), message_id: short }),
);

/** A file of a mail: at a link, or brought as an upload. */
const attachment = object({ url: v.optional(webUrl), upload_id: v.optional(short), filename: v.optional(short) });

/** What only one channel knows; its own schema reads it. */
const options = anyObject();

/** What variables stand for, by name. Copies of an object lose a member called `__proto__`, so none may be. */
export const variables = v.pipe(
  v.custom<Record<string, string>>(
    (value) =>
      isObject(value) &&
      !Object.hasOwn(value, '__proto__') &&
      Object.values(value).every((each) => typeof each === 'string' && each.length <= MOST_VALUE),
    `must be an object of strings of at most ${MOST_VALUE} characters`,
  ),
  v.check((value) => Object.keys(value).length <= MOST_VARIABLES, `must have at most ${MOST_VARIABLES} members`),
);

/** A browser's push subscription is an address of several hundred characters. */
const recipient = text(1, 2048);

/** Words, and what says how they are formatted. */
export const wordFields = {
  message: v.optional(text(0, 65_536)),
  entities: v.optional(items(entity, 0, 100)),
  format: v.optional(oneOf(['plain', 'markdown'])),
};

/** The fields of a send, each limit as wide as the widest channel has it; a channel's own come after. */
export const fields = object({
  to: v.optional(v.lazy((value) => (Array.isArray(value) ? items(recipient, 1, 100) : recipient))),
  ...wordFields,
  media_url: v.optional(webUrl),
  upload_id: v.optional(short),
  media_type: v.optional(oneOf(['image', 'video', 'audio', 'document', 'sticker'])),
  subject: v.optional(text(0, 1000)),
  html: v.optional(text(1, 1_048_576)),
  cc: v.optional(items(short, 1, 50)),
  attachments: v.optional(items(attachment, 1, 20)),
  location: v.optional(location),
  contacts: v.optional(items(contact, 1, 257)),
  interactive: v.optional(interactive),
  template: v.optional(template),
  template_id: v.optional(short),
  variables: v.optional(variables),
  reaction: v.optional(reaction),
  forward_of: v.optional(short),
  options: v.optional(options),
  degrade: v.optional(v.boolean('must be true or false')),
  on_window_closed: v.optional(windowPolicy),
  shorten_links: v.optional(v.boolean('must be true or false')),
  organization_id: v.optional(short),
  suit_id: v.optional(short),
  contact_id: v.optional(short),
  contact_name: v.optional(short),
  conversation_id: v.optional(short),
  channel_account_id: v.optional(short),
  client_ref: v.optional(short),
  reply_to: v.optional(short),
  scheduled_at: v.optional(time),
  timezone: v.optional(timezone),
  recurrence: v.optional(recurrence),
});

export type Fields = v.InferOutput<typeof fields>;
