import { createBroadcastCalls, type BroadcastCalls } from './broadcast-calls.ts';
import type { Call, Request, Result } from './http.ts';
import type { FilledTemplate, PreviewRow, QuickReplyRow, TemplateRow } from './library-rows.ts';
import type { ConnectableChannel, GrantedRow, PairingRow, TestRow } from './account-rows.ts';
import type { ChangeRow } from './live-rows.ts';
import type { ChannelAccountRow, Config, ContactRow, ConversationRow, MessageRow, UploadTicket } from './rows.ts';
import { createSendingCalls, type SendingCalls } from './sending-calls.ts';
import type { MessageToSend } from './sending-rows.ts';
import type { SessionKeeper } from './session.ts';

interface SendAnswer {
  conversationId: string;
  contactId: string;
  /** null: it comes again and again, and none is there yet */
  message: MessageRow | null;
}

export interface Client extends SendingCalls, BroadcastCalls {
  config(): Promise<Result<Config>>;
  /** Newest first. */
  conversations(page: { offset: number; limit: number }): Promise<Result<ConversationRow[]>>;
  conversationsById(ids: string[]): Promise<Result<ConversationRow[]>>;
  contactsById(ids: string[]): Promise<Result<ContactRow[]>>;
  /** Those whose name or address has these words in it. */
  contactsLike(words: string): Promise<Result<ContactRow[]>>;
  conversationsOf(contactIds: string[]): Promise<Result<ConversationRow[]>>;
  accounts(): Promise<Result<ChannelAccountRow[]>>;
  /** How accounts are connected, by channel. */
  connectable(): Promise<Result<ConnectableChannel[]>>;
  connectAccount(account: object): Promise<Result<ChannelAccountRow>>;
  changeAccount(id: string, change: object): Promise<Result<null>>;
  removeAccount(id: string): Promise<Result<null>>;
  testAccount(id: string): Promise<Result<TestRow>>;
  pairAccount(id: string): Promise<Result<PairingRow>>;
  logoutAccount(id: string): Promise<Result<unknown>>;
  askConsent(channel: string, redirectUrl: string): Promise<Result<{ url: string }>>;
  finishConsent(state: string, code: string): Promise<Result<GrantedRow>>;
  /** Newest first; `before` is the creation time of the oldest message held, which comes again. */
  messages(page: { conversationId: string; before: string | null; limit: number }): Promise<Result<MessageRow[]>>;
  messagesById(ids: string[]): Promise<Result<MessageRow[]>>;
  /** Oldest first, from the step after `seq`. */
  changes(seq: number, limit: number): Promise<Result<ChangeRow[]>>;
  markRead(conversationId: string): Promise<Result<ConversationRow>>;
  send(message: MessageToSend): Promise<Result<SendAnswer>>;
  sendTemplate(conversation: ConversationRow, template: FilledTemplate): Promise<Result<SendAnswer>>;
  /** What a template would come to. */
  previewTemplate(conversation: ConversationRow, template: FilledTemplate): Promise<Result<PreviewRow[]>>;
  quickReplies(): Promise<Result<QuickReplyRow[]>>;
  /** Those of an account that its provider has approved. */
  templates(accountId: string): Promise<Result<TemplateRow[]>>;
  /** Where to bring a file that is to be sent. */
  createUpload(file: { filename: string; mime: string; size: number }): Promise<Result<UploadTicket>>;
}

/** The API as the inbox uses it. A refused token is renewed once and the call repeated. */
export function createClient(call: Call, session: SessionKeeper): Client {
  const get = <T>(path: string, query: Record<string, string> = {}): Promise<Result<T>> =>
    authorized<T>({ method: 'GET', path: `${path}?${new URLSearchParams(query).toString()}` });
  const byId = <T>(table: string, ids: string[]): Promise<Result<T[]>> =>
    get<T[]>(`/rest/v1/${table}`, { select: '*', id: oneOf(ids), limit: String(ids.length) });

  return {
    ...createSendingCalls({ get, act }),
    ...createBroadcastCalls({ get, act, authorized }),
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
    connectable: () => act('list_connectable_channels', {}),
    connectAccount: (body) => authorized({ method: 'POST', path: accountsPath, body }),
    changeAccount: (id, body) => authorized({ method: 'PATCH', path: `${accountsPath}?id=eq.${id}`, body }),
    removeAccount: (id) => authorized({ method: 'DELETE', path: `${accountsPath}?id=eq.${id}` }),
    testAccount: (id) => act('test_channel_account', { id }),
    pairAccount: (id) => act('pair_channel_account', { id }),
    logoutAccount: (id) => act('logout_channel_account', { id }),
    askConsent: (channel, redirect_url) => act('connect_channel', { channel, redirect_url }),
    finishConsent: (state, code) => act('finish_connection', { state, code }),
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
    createUpload: (file) => authorized({ method: 'POST', path: '/rest/v1/rpc/create_upload', body: file }),
    sendTemplate: (conversation, template) =>
      authorized({
        method: 'POST',
        path: `/functions/v1/${urlName(conversation.channel)}-send`,
        body: templateInto(conversation, template),
      }),
    previewTemplate: (conversation, template) =>
      act('preview_message', { ...templateInto(conversation, template), channels: [conversation.channel] }),
    quickReplies: () => get('/rest/v1/quick_replies', { select: '*', limit: '500' }),
    templates: (id) =>
      get('/rest/v1/templates', { channel_account_id: `eq.${id}`, status: 'eq.APPROVED', order: 'name.asc' }),
    send: ({ channel, ...body }) =>
      authorized({ method: 'POST', path: `/functions/v1/${urlName(channel)}-send`, body }),
  };

  function act<T>(name: string, body: object): Promise<Result<T>> {
    return authorized<T>({ method: 'POST', path: `/rest/v1/rpc/${name}`, body });
  }

  async function authorized<T>(request: Request): Promise<Result<T>> {
    const answer = await call<T>({ ...request, token: await session.token() });
    if (answer.ok || answer.failure.kind !== 'refused' || answer.failure.status !== 401) return answer;
    const token = await session.renew();
    return token ? call<T>({ ...request, token }) : answer;
  }
}

function templateInto({ id, channel_account_id }: ConversationRow, template: FilledTemplate): object {
  return { conversation_id: id, channel_account_id, template };
}

const accountsPath = '/rest/v1/channel_accounts';

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
