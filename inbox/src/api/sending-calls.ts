import type { Result } from './http.ts';
import type { Entity } from './message-parts.ts';
import type { MessageRow } from './rows.ts';
import type { ChannelRow, OptOutRow, SeriesRow } from './sending-rows.ts';

/** What an agent does with messages besides sending them, and what says whether they can. */
export interface SendingCalls {
  channels(): Promise<Result<ChannelRow[]>>;
  /** Sends a message again that failed. */
  retryMessage(id: string): Promise<Result<MessageRow>>;
  /** Takes a message back that has not left yet. */
  cancelMessage(id: string): Promise<Result<MessageRow>>;
  /** Gives a message that waits for its time another one. */
  rescheduleMessage(id: string, scheduledAt: string): Promise<Result<MessageRow>>;
  editMessage(id: string, words: { message: string; entities: Entity[] }): Promise<Result<MessageRow>>;
  /** Takes a message back that was sent. */
  deleteMessage(id: string): Promise<Result<MessageRow>>;
  /** Soonest first. */
  scheduledMessages(limit: number): Promise<Result<MessageRow[]>>;
  /** Those that go on or can go on, newest first. */
  series(limit: number): Promise<Result<SeriesRow[]>>;
  pauseSeries(id: string): Promise<Result<SeriesRow>>;
  resumeSeries(id: string): Promise<Result<SeriesRow>>;
  cancelSeries(id: string): Promise<Result<SeriesRow>>;
  /** Leaves one of the times of `next` out. */
  skipOccurrence(id: string, occurrence: string): Promise<Result<SeriesRow>>;
  /** Shows the customer that an agent writes. */
  showTyping(conversationId: string): Promise<Result<null>>;
  /** Why a contact must not be written to, on any channel. */
  optOutsOf(contactId: string): Promise<Result<OptOutRow[]>>;
  optIn(wish: { contact_id: string; channel: string; why: string; reason: string }): Promise<Result<OptOutRow[]>>;
}

/** How the inbox asks: for rows, and for something to be done. */
export interface Ask {
  get<T>(path: string, query: Record<string, string>): Promise<Result<T>>;
  act<T>(name: string, body: object): Promise<Result<T>>;
}

const channelColumns = 'name,label,outbound,address,template,reaction,reactions,reply,formatting,actions,send_window';

export function createSendingCalls({ get, act }: Ask): SendingCalls {
  return {
    channels: () => get('/rest/v1/channels', { select: channelColumns }),
    retryMessage: (id) => act('retry_message', { message_id: id }),
    cancelMessage: (id) => act('cancel_message', { message_id: id }),
    rescheduleMessage: (id, scheduled_at) => act('reschedule_message', { message_id: id, scheduled_at }),
    editMessage: (id, words) => act('edit_message', { message_id: id, ...words }),
    deleteMessage: (id) => act('delete_message', { message_id: id }),
    scheduledMessages: (limit) =>
      get('/rest/v1/scheduled_messages', { select: '*', order: 'scheduled_at.asc', limit: String(limit) }),
    series: (limit) =>
      get('/rest/v1/series', { status: 'in.(ACTIVE,PAUSED)', order: 'created_at.desc', limit: String(limit) }),
    pauseSeries: (id) => act('pause_series', { series_id: id }),
    resumeSeries: (id) => act('resume_series', { series_id: id }),
    cancelSeries: (id) => act('cancel_series', { series_id: id }),
    skipOccurrence: (id, occurrence) => act('skip_occurrence', { series_id: id, occurrence }),
    showTyping: (conversation_id) => act('typing', { conversation_id }),
    optOutsOf: (contactId) =>
      get('/rest/v1/opt_outs', { select: '*', contact_id: `eq.${contactId}`, active: 'is.true', limit: '100' }),
    optIn: (wish) => act('opt_in', wish),
  };
}
