/** The rows of `/rest/v1`, as they come over the wire. Times are ISO 8601 text, empty columns are null. */

import type { BroadcastRow } from './broadcast-rows.ts';

type Direction = 'INBOUND' | 'OUTBOUND';
export type Status = 'PENDING' | 'SENT' | 'DELIVERED' | 'READ' | 'FAILED';

export type BodyType =
  | 'text'
  | 'image'
  | 'video'
  | 'audio'
  | 'document'
  | 'sticker'
  | 'location'
  | 'contacts'
  | 'interactive'
  | 'template'
  | 'email'
  | 'reaction'
  | 'system'
  | 'unsupported';

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
interface Reaction {
  emoji: string | null;
  target: string;
}

interface Template {
  name: string;
  language: string;
}

export interface StatusEntry {
  status: Status;
  at: string;
  provider_at: string | null;
  detail: string | null;
}

/** Why a send failed, in words an agent can act on. */
interface SendError {
  code: string;
  class: string;
  message: string;
  permanent: boolean;
  provider_code: string | null;
}

export interface MessageRow {
  id: string;
  conversation_id: string;
  contact_id: string;
  channel: string;
  channel_account_id: string;
  direction: Direction;
  type: BodyType;
  /** what a notice is about; of what can't be shown, what the channel calls it */
  event?: string | null;
  message: string | null;
  entities: Entity[] | null;
  media: Media | null;
  interactive: Interactive | null;
  template: Template | null;
  location: Location | null;
  contacts: ContactCard[] | null;
  reaction: Reaction | null;
  email?: MailPart | null;
  status: Status;
  status_history: StatusEntry[];
  error: SendError | null;
  provider_message_id: string | null;
  client_ref: string | null;
  reply_to_id: string | null;
  /** how it differs from what was asked for, because the channel can't send that */
  degraded?: string | null;
  /** who of a group wrote it */
  author?: string | null;
  scheduled_at?: string | null;
  /** why it has not left yet */
  waiting_for?: { reason: string; until: string | null } | null;
  edited_at?: string | null;
  deleted_at?: string | null;
  created_at: string;
  updated_at: string;
}

export interface ConversationRow {
  id: string;
  contact_id: string;
  channel: string;
  channel_account_id: string;
  status: 'OPEN' | 'CLOSED';
  unread_count: number;
  last_message_at: string | null;
  last_message_preview: string | null;
  last_message_type?: BodyType | null;
  last_message_direction?: Direction | null;
  /** what a notice is about */
  last_message_event?: string | null;
  /** what a provider's window is counted from */
  last_inbound_at?: string | null;
  created_at: string;
  updated_at: string;
}

export interface ContactRow {
  id: string;
  name: string | null;
  phone: string | null;
  email: string | null;
  identities: { kind: string; value: string }[];
  created_at: string;
  updated_at: string;
}

export interface ChannelAccountRow {
  id: string;
  channel: string;
  name: string;
  external_id: string;
  status: 'Active' | 'Inactive';
  health?: AccountHealthRow;
}

/** How an account does. */
export interface AccountHealthRow {
  state: string;
  detail: string | null;
  code?: string | null;
  session: string | null;
  facts: Record<string, string> | null;
  token_expires_at: string | null;
  last_inbound_at: string | null;
  last_outbound_at: string | null;
  /** 0 to 1 */
  error_rate: number | null;
}

/** One way to write an account's credentials. */
export interface CredentialForm {
  kind: string | null;
  fields: { name: string; required: boolean; choices?: string[] }[];
}

/** How accounts of a channel are connected. */
export interface ConnectableChannel {
  channel: string;
  credentials: CredentialForm[];
  tells_external_id: boolean;
  own_server: boolean;
  pairing: boolean;
  consent: boolean;
}

/** What a phone scans, or how the session does. */
export interface PairingRow {
  state: string;
  qr_svg: string | null;
}

export interface TestRow {
  ok: boolean;
  error: SendError | null;
}

export interface GrantedRow {
  accounts: ChannelAccountRow[];
  refused: { name: string; code: string; message: string }[];
}

/** How to bring a file: a request of this method with exactly these headers. */
export interface UploadTicket {
  upload_id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** One step of the organization's change feed. */
export interface ChangeRow {
  seq: number;
  changes: {
    type: string;
    message_id?: string | null;
    conversation_id?: string | null;
    channel_account_id?: string | null;
    broadcast_id?: string | null;
  }[];
}

/** `/config.json` of the place the client is served from. */
export interface Config {
  realtime_url: string;
  demo?: { organization: string; email: string; password: string }[];
}

/** One thing that changed, with what it is now. */
export type LiveChange =
  | { type: 'message.created' | 'message.updated'; data: MessageRow }
  | { type: 'conversation.updated'; data: ConversationRow }
  | { type: 'channel_account.updated'; data: ChannelAccountRow }
  | { type: 'broadcast.updated'; data: BroadcastRow };

/** What the socket pushes: a step of the feed, or with `more` what of it was not too large. */
export interface LiveFrame {
  seq: number;
  changes: LiveChange[];
  more?: boolean;
}
