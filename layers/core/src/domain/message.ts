import type { Body } from './body.ts';
import type { ChannelName } from './channel.ts';
import type { Counterparty } from './contact.ts';
import type {
  BroadcastId,
  ChannelAccountId,
  ContactId,
  ConversationId,
  MessageId,
  OrganizationId,
  SeriesId,
} from './id.ts';
import type { WindowPolicy } from './send-window.ts';
import type { Progress, SendError } from './status.ts';
import type { Wait } from './waiting.ts';

/** INBOUND: the customer wrote it. OUTBOUND: the business did, here or elsewhere. */
export type Direction = 'INBOUND' | 'OUTBOUND';

/** An attempt that came to nothing. Times in ms; `startedAt` is when its sender took it. */
export interface PastAttempt {
  attempt: number;
  startedAt?: number;
  endedAt: number;
  error: SendError;
  /** an agent asked for the one after it, which may then be tried as often as a new message */
  byHand?: true;
}

/** One message of one conversation. Times are milliseconds since the epoch; the creation time is in the id. */
export interface Message {
  id: MessageId;
  organizationId: OrganizationId;
  conversationId: ConversationId;
  contactId: ContactId;
  channel: ChannelName;
  channelAccountId: ChannelAccountId;
  direction: Direction;
  counterparty: Counterparty;
  body: Body;
  /** who of a group wrote it */
  author?: string;
  /** counts from 1; a new attempt starts with an empty progress */
  attempt: number;
  /** the attempts before this one, oldest first */
  pastAttempts?: PastAttempt[];
  progress: Progress;
  providerMessageId?: string;
  clientRef?: string;
  replyToId?: MessageId;
  scheduledAt?: number;
  /** what only this channel knows of how to send it */
  options?: Record<string, unknown>;
  /** a person wrote it, signed in: what a provider allows to people alone holds for it */
  byPerson?: true;
  /** codes of the short links in it */
  links?: string[];
  /** what becomes of it if the customer's window has closed; else what the account or the organization says */
  onWindowClosed?: WindowPolicy;
  /** when the customer had last written (ms) as it was accepted, where their window was asked for and was open */
  lastInboundAt?: number;
  /** until when (ms) it waits for the customer to write again */
  heldUntil?: number;
  /** the message it passes on */
  forwardOfId?: MessageId;
  /** the broadcast it is one message of: such messages leave by a lane of their own */
  broadcastId?: BroadcastId;
  /** the series that it is one occurrence of */
  seriesId?: SeriesId;
  /** what it was put off for */
  wait?: Wait;
  /** its files are being made ready: it is not sent before */
  preparing?: true;
  /** it was there before its account was connected: it was stored as of then, and is news to nobody */
  past?: true;
  /** how the body differs from what was asked for, because the channel can't send that */
  degraded?: string;
  /** when its words were changed, or taken back */
  editedAt?: number;
  deletedAt?: number;
  /** when this attempt was claimed by a sender; without a mark beyond it the outcome is not known */
  claimedAt?: number;
  /** when we stored it: differs from the creation time of a received message by its travel time */
  storedAt: number;
  updatedAt: number;
}
