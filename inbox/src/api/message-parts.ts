/** What a message is made of, as its row holds it. */

/** Formatting of a stretch of text, counted in UTF-16 code units. */
export interface Entity {
  type: string;
  offset: number;
  length: number;
  url?: string | null;
}

export interface Media {
  type: string;
  mime: string | null;
  filename: string | null;
  /** bytes */
  size: number | null;
  url: string | null;
  thumbnail_url?: string | null;
  status: 'pending' | 'ready' | 'failed';
  error: string | null;
}

export interface Location {
  latitude: number;
  longitude: number;
  name?: string | null;
  address?: string | null;
}

export interface ContactCard {
  name: string;
  phones?: string[];
  emails?: string[];
  organization?: string | null;
}

export interface Choice {
  id: string;
  title: string;
  description?: string | null;
}

/** What the customer can tap (`kind` says how it is laid out), or, with kind `reply`, what the customer tapped. */
export interface Interactive {
  kind: string;
  header?: string | null;
  footer?: string | null;
  title?: string | null;
  description?: string | null;
  /** what opens a list */
  button?: string | null;
  buttons?: Choice[];
  sections?: { title?: string | null; rows: Choice[] }[];
  link?: { title: string; url: string };
  cards?: { text: string; buttons?: Choice[]; link?: { title: string; url: string } }[];
}

/** A file of a mail; `content_id` is what `data-cid` in its HTML calls it. */
export interface MailFilePart extends Media {
  content_id: string | null;
}

/** What a mail has beside its words. */
export interface MailPart {
  subject: string;
  quoted: string | null;
  html: { url: string | null } | null;
  original: { url: string | null } | null;
  attachments: MailFilePart[];
  automatic: boolean;
  suspect: 'spam' | 'forged' | null;
}

/** `target` is the provider's id of the message reacted to. */
export interface Reaction {
  emoji: string | null;
  target: string;
}

export interface Template {
  name: string;
  language: string;
}
