import * as v from 'valibot';
import { items, moment, object, oneOf, range, text, texts, webUrl, whole } from '../domain/fields.ts';

const short = text(1, 256);
const choice = object({ id: short, title: short, description: v.optional(short) });
const link = object({ title: short, url: webUrl });
const choices = items(choice, 1);
const around = { header: v.optional(short), footer: v.optional(short) };

const kinds = ['buttons', 'quick_replies', 'list', 'link_button', 'carousel'] as const;
type Kind = (typeof kinds)[number];

const interactives = {
  buttons: object({ kind: kind('buttons'), buttons: choices, ...around }),
  quick_replies: object({ kind: kind('quick_replies'), buttons: choices }),
  list: object({
    kind: kind('list'),
    button: short,
    sections: items(object({ title: v.optional(short), rows: choices }), 1),
    ...around,
  }),
  link_button: object({ kind: kind('link_button'), link, ...around }),
  carousel: object({
    kind: kind('carousel'),
    cards: items(
      object({ text: short, image: v.optional(webUrl), buttons: v.optional(choices), link: v.optional(link) }),
      1,
    ),
  }),
} satisfies Record<Kind, v.GenericSchema>;

/** What names none of the kinds is held against any of them, and fails by its kind. */
const interactive = v.lazy((value) => interactives[kindIn(value) ?? 'buttons']);

function kind<const T extends Kind>(name: T) {
  return v.literal(name, `must be one of ${kinds.join(', ')}`);
}

function kindIn(value: unknown): Kind | undefined {
  return kinds.find((kind) => kind === (value as { kind?: unknown } | null)?.kind);
}

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

/** The fields of a send, each limit as wide as the widest channel has it; a channel's own come after. */
export const fields = object({
  // a browser's push subscription is an address of several hundred characters
  to: v.optional(text(1, 2048)),
  message: v.optional(text(0, 65_536)),
  entities: v.optional(items(entity, 0, 100)),
  media_url: v.optional(webUrl),
  media_type: v.optional(oneOf(['image', 'video', 'audio', 'document', 'sticker'])),
  location: v.optional(location),
  contacts: v.optional(items(contact, 1, 257)),
  interactive: v.optional(interactive),
  template: v.optional(object({ name: short, language: short, parameters: v.optional(texts) })),
  organization_id: v.optional(short),
  suit_id: v.optional(short),
  contact_id: v.optional(short),
  contact_name: v.optional(short),
  conversation_id: v.optional(short),
  channel_account_id: v.optional(short),
  client_ref: v.optional(short),
  reply_to: v.optional(short),
  scheduled_at: v.optional(moment),
});

export type Fields = v.InferOutput<typeof fields>;
