/** Formatting of a stretch of text. `offset` and `length` are UTF-16 code units, as in a JavaScript string. */
export interface Entity {
  type: EntityType;
  offset: number;
  length: number;
  url?: string;
  language?: string;
}

export type EntityType =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strikethrough'
  | 'spoiler'
  | 'code'
  | 'pre'
  | 'blockquote'
  | 'text_link'
  | 'url'
  | 'email'
  | 'phone_number'
  | 'mention'
  | 'hashtag'
  | 'bot_command'
  | 'custom_emoji';

/** A text with its formatting. No entities: nobody said how it is formatted; an empty list: not at all. */
export interface RichText {
  text: string;
  entities?: Entity[];
}

/** A file of a message. It is `pending` until its bytes lie in our bucket, or, outbound, when the provider takes it by link. */
export interface Media {
  status: 'pending' | 'ready' | 'failed';
  mime?: string;
  filename?: string;
  /** bytes */
  size?: number;
  /** hex, of the stored bytes */
  sha256?: string;
  /** key in the media bucket, once ready */
  key?: string;
  /** a public link: outbound `media_url`, or what the provider gave us to fetch (may expire) */
  link?: string;
  /** the provider's handle, from which a fresh link can be had */
  providerMediaId?: string;
  /** why it failed */
  error?: string;
  /** of a picture or video, in pixels */
  width?: number;
  height?: number;
  /** of a sound or video, in seconds */
  duration?: number;
  /** key of a small JPEG in the media bucket */
  thumbnailKey?: string;
  voice?: boolean;
  animated?: boolean;
  /** of a part of a mail: what `data-cid` in its HTML calls it */
  contentId?: string;
}

/** One card of a contact. `vcard`: the card as it was written, which may say more. */
export interface ContactCard {
  name: string;
  phones: string[];
  emails?: string[];
  organization?: string;
  vcard?: string;
}

/** A button or row. `id` comes back when it is tapped. */
export interface Choice {
  id: string;
  title: string;
  description?: string;
}

/** A button that leads to a page. */
export interface LinkButton {
  title: string;
  url: string;
}

/** A file shown above a text. */
export interface HeaderFile {
  type: 'image' | 'video' | 'document';
  media: Media;
}

/** What the customer can tap, and, as `reply`, what the customer tapped. A file stands in place of a header of words. */
export type Interactive =
  | { kind: 'buttons'; buttons: Choice[]; header?: string; file?: HeaderFile; footer?: string }
  | { kind: 'quick_replies'; buttons: Choice[] }
  | { kind: 'list'; button: string; sections: { title?: string; rows: Choice[] }[]; header?: string; footer?: string }
  | { kind: 'link_button'; link: LinkButton; header?: string; file?: HeaderFile; footer?: string }
  | { kind: 'carousel'; cards: { text: string; image?: string; buttons?: Choice[]; link?: LinkButton }[] }
  /** a button by which the customer says where they are */
  | { kind: 'location_request' }
  | { kind: 'reply'; id: string; title: string; description?: string; data?: unknown };

/** A template that the provider has approved, with what fills it in. */
export interface Template {
  name: string;
  language: string;
  /** positional values of the body, or named ones */
  parameters?: string[] | Record<string, string>;
  /** what the header shows: a text's values, a file, or a place */
  header?:
    | { parameters: string[] | Record<string, string> }
    | HeaderFile
    | { latitude: number; longitude: number; name?: string; address?: string };
  /** by place among the template's buttons: the rest of a link, what a tap sends back, or a coupon's code */
  buttons?: { index: number; url?: string; payload?: string; code?: string }[];
}

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** An electronic mail. */
export interface Email extends RichText {
  subject: string;
  quoted?: string;
  /** as sanitised HTML: received mail, or one composed as HTML */
  html?: Media;
  /** as it came, for looking closer */
  original?: Media;
  attachments: Media[];
  cc?: string[];
  /** an out-of-office note or the like: shown, never answered by a machine */
  automatic?: true;
  /** what the server that took it in thinks of it: unwanted, or not from whom it says */
  suspect?: 'spam' | 'forged';
  /** Message-IDs of the mails before it, oldest first, without angle brackets */
  references?: string[];
}

/** What a message says. One of these, on every channel, in both directions. */
export type Body =
  | ({ type: 'text' } & RichText)
  | ({ type: MediaKind; media: Media } & Partial<RichText>)
  | { type: 'location'; latitude: number; longitude: number; name?: string; address?: string; url?: string }
  | { type: 'contacts'; contacts: ContactCard[] }
  | ({ type: 'interactive'; interactive: Interactive } & Partial<RichText>)
  | ({ type: 'template'; template: Template } & Partial<RichText>)
  /** `text` is what was newly written, `quoted` what was answered; `html` and `original` are files in our bucket */
  | ({ type: 'email' } & Email)
  /** `emoji` null takes the reaction back; `target` is the provider's id of the message reacted to, `own` if the business wrote that itself */
  | { type: 'reaction'; emoji: string | null; target: string; own?: true }
  | { type: 'system'; event: string; text: string }
  /** `raw` is what the provider sent, kept so that it can be understood later */
  | { type: 'unsupported'; providerType: string; text?: string; raw: unknown };

export type BodyType = Body['type'];

/** Whether it is one file, with or without words. */
export function isMedia(body: Body): body is Extract<Body, { media: Media }> {
  return 'media' in body;
}

/** The files of a body: the one of a media message, the attachments of a mail. */
export function filesOf(body: Body): Media[] {
  if (body.type === 'email') return body.attachments;
  return isMedia(body) ? [body.media] : [];
}

/** A picture that nobody has looked at: mail brings its files with it, so that they are here before anyone does. */
export function isUnseen({ status, mime, width }: Media): boolean {
  return status === 'ready' && width === undefined && mime?.startsWith('image/') === true;
}

/** The readable text of a body, where it has one. */
export function textOf(body: Body): string | undefined {
  switch (body.type) {
    case 'location':
      return body.name ?? body.address;
    case 'contacts':
      return body.contacts.map((contact) => contact.name).join(', ');
    case 'reaction':
      return body.emoji ?? undefined;
    case 'interactive':
      return body.text ?? (body.interactive.kind === 'reply' ? body.interactive.title : undefined);
    default:
      return body.text;
  }
}

/** What a notice is about; of what we can't show, what its provider calls it. */
export function eventOf(body: Body): string | undefined {
  if (body.type === 'system') return body.event;
  return body.type === 'unsupported' ? body.providerType : undefined;
}

/** Whether two files are one, as a provider tells of it twice: it may call it by another id the second time, but it is as large. */
export function isSameFile(one: Media, other: Media): boolean {
  if (one.providerMediaId !== undefined && one.providerMediaId === other.providerMediaId) return true;
  if (one.key !== undefined && one.key === other.key) return true;
  return one.size !== undefined && one.size === other.size;
}
