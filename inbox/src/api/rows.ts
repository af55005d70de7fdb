/** The rows of `/rest/v1`, as they come over the wire. Times are ISO 8601 text, empty columns are null. */

import type {
  ContactCard,
  Entity,
  Interactive,
  Location,
  MailPart,
  Media,
  Reaction,
  Template,
} from './message-parts.ts';

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

export interface StatusEntry {
  status: Status;
  at: string;
  provider_at: string | null;
  detail: string | null;
}

/** Why a send failed, in words an agent can act on. */
export interface SendError {
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
  /** 1, and one more with each time it is sent again */
  attempt: number;
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
  waiting_for?: { reason: string; until: string | null; per_second?: number } | null;
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
  /** its provider takes no more than about so many messages; by `until` it may send all it could before */
  slowed?: { per_second: number; until: string } | null;
  token_expires_at: string | null;
  last_inbound_at: string | null;
  last_outbound_at: string | null;
  /** 0 to 1 */
  error_rate: number | null;
}

/** How to bring a file: a request of this method with exactly these headers. */
export interface UploadTicket {
  upload_id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** `/config.json` of the place the client is served from. */
export interface Config {
  realtime_url: string;
  demo?: { organization: string; email: string; password: string }[];
}
