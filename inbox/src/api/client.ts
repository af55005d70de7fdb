import type { Call, Request, Result } from './http.ts';
import type { ChangeRow, ChannelAccountRow, Config, ContactRow, ConversationRow, MessageRow } from './rows.ts';
import type { SessionKeeper } from './session.ts';

/** A text to send: into a known conversation, or to an address through a channel account. */
interface TextToSend {
  channel: string;
  channel_account_id: string;
  message: string;
  client_ref: string;
  conversation_id?: string;
  contact_id?: string;
  to?: string;
}

interface SendAnswer {
  conversationId: string;
  contactId: string;
  message: MessageRow;
}

export interface Client {
  config(): Promise<Result<Config>>;
  /** Newest first. */
  conversations(page: { offset: number; limit: number }): Promise<Result<ConversationRow[]>>;
  conversationsById(ids: string[]): Promise<Result<ConversationRow[]>>;
  contactsById(ids: string[]): Promise<Result<ContactRow[]>>;
  /** Those whose name or address has these words in it. */
  contactsLike(words: string): Promise<Result<ContactRow[]>>;
  conversationsOf(contactIds: string[]): Promise<Result<ConversationRow[]>>;
  accounts(): Promise<Result<ChannelAccountRow[]>>;
  /** Newest first; `before` is the creation time of the oldest message held, which comes again. */
  messages(page: { conversationId: string; before: string | null; limit: number }): Promise<Result<MessageRow[]>>;
  messagesById(ids: string[]): Promise<Result<MessageRow[]>>;
  /** Oldest first, from the step after `seq`. */
  changes(seq: number, limit: number): Promise<Result<ChangeRow[]>>;
  markRead(conversationId: string): Promise<Result<ConversationRow>>;
  send(text: TextToSend): Promise<Result<SendAnswer>>;
}

/** The API as the inbox uses it. A refused token is renewed once and the call repeated. */
export function createClient(call: Call, session: SessionKeeper): Client {
  const get = <T>(path: string, query: Record<string, string> = {}): Promise<Result<T>> =>
    authorized<T>({ method: 'GET', path: `${path}?${new URLSearchParams(query).toString()}` });
  const byId = <T>(table: string, ids: string[]): Promise<Result<T[]>> =>
    get<T[]>(`/rest/v1/${table}`, { select: '*', id: oneOf(ids), limit: String(ids.length) });

  return {
    config: () => call<Config>({ method: 'GET', path: '/config.json' }),
    conversations: ({ offset, limit }) =>
      get('/rest/v1/conversations', { select: '*', order: 'last_message_at.desc', ...paged(limit, offset) }),
    conversationsById: (ids) => byId('conversations', ids),
    contactsById: (ids) => byId('contacts', ids),
    contactsLike: (words) =>
      get('/rest/v1/contacts', { select: '*', or: `(${anyLike(['name', 'phone', 'email'], words)})`, limit: '50' }),
    conversationsOf: (contactIds) =>
      get('/rest/v1/conversations', { select: '*', contact_id: oneOf(contactIds), limit: '100' }),
    accounts: () => get('/rest/v1/channel_accounts', { select: '*', limit: '100' }),
    messages: ({ conversationId, before, limit }) =>
      get('/rest/v1/messages', {
        select: '*',
        conversation_id: `eq.${conversationId}`,
        ...(before ? { created_at: `lte.${before}` } : {}),
        order: 'created_at.desc',
        limit: String(limit),
      }),
    messagesById: (ids) => byId('messages', ids),
    changes: (seq, limit) => get('/rest/v1/changes', { seq: `gt.${seq}`, limit: String(limit) }),
    markRead: (id) => authorized({ method: 'POST', path: '/rest/v1/rpc/mark_read', body: { conversation_id: id } }),
    send: ({ channel, ...body }) =>
      authorized({ method: 'POST', path: `/functions/v1/${urlName(channel)}-send`, body }),
  };

  async function authorized<T>(request: Request): Promise<Result<T>> {
    const answer = await call<T>({ ...request, token: await session.token() });
    if (answer.ok || answer.failure.kind !== 'refused' || answer.failure.status !== 401) return answer;
    const token = await session.renew();
    return token ? call<T>({ ...request, token }) : answer;
  }
}

function paged(limit: number, offset: number): Record<string, string> {
  return { limit: String(limit), offset: String(offset) };
}

/** PostgREST's list; ids hold no commas, brackets or quotes. */
function oneOf(ids: string[]): string {
  return `in.(${ids.join(',')})`;
}

/** PostgREST's conditions, the words in quotes. Its wildcards stand for one character each, themselves among others. */
function anyLike(columns: string[], words: string): string {
  const quoted = `"*${words.replaceAll(/[*%]/g, '_').replaceAll(/["\\]/g, String.raw`\$&`)}*"`;
  return columns.map((column) => `${column}.ilike.${quoted}`).join(',');
}

function urlName(channel: string): string {
  return encodeURIComponent(channel.replaceAll('_', '-'));
}
