import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { SendError } from '../../domain/status.ts';
import type { InboundEvent } from '../contract.ts';
import { compact, fieldsOf, readAs, textIn } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { contents, conversations } from './api.ts';
import { readTiktok } from './call.ts';
import type { Credentials } from './credentials.ts';
import { readAnswer } from './errors.ts';
import { readMessage } from './message.ts';
import * as wire from './wire.ts';

type Account = ConnectedAccount<Credentials>;
type Message = Extract<InboundEvent, { kind: 'message' }>;

const MOST_CONVERSATIONS = 5;

/**
 * Of a customer in Europe a webhook has only the moment of the message; TikTok's lists have all of it. Whatever came at that moment is told: a message
 * that is known already meets itself. `later`: a list could not be had in which it may stand.
 */
export async function lookUp(
  { at, conversation }: Extract<InboundEvent, { kind: 'withheld' }>,
  account: Account,
): Promise<Message[] | 'later'> {
  const places = conversation === undefined ? await conversationsSince(at, account) : [conversation];
  const threads = await Promise.all(places?.map((place) => customersMessages(place, account)) ?? []);
  const found = threads.flatMap((thread) => thread ?? []).filter(({ providerAt }) => providerAt === at);
  return found.length === 0 && (places === undefined || threads.includes(undefined)) ? 'later' : found;
}

/** What the people of a conversation are called. */
export async function namesIn(conversation: string, account: Account): Promise<Map<string, string>> {
  const people = (await threadAt(conversation, account))?.participants ?? [];
  return new Map(people.flatMap(({ id, display_name: name }) => (name ? [[id, name]] : [])));
}

/** The nearest in time first: the business may have written there since, and so may the customer. */
async function conversationsSince(at: number, account: Account): Promise<string[] | undefined> {
  const lists = await Promise.all(['SINGLE', 'STRANGER'].map((type) => listed(type, account)));
  if (lists.includes(undefined)) return undefined;
  return lists
    .flatMap((list) => list ?? [])
    .map(({ conversation_id, update_time }) => ({ conversation_id, time: momentOf(update_time) ?? Infinity }))
    .filter(({ time }) => time >= at)
    .toSorted((one, other) => one.time - other.time)
    .slice(0, MOST_CONVERSATIONS)
    .map(({ conversation_id }) => conversation_id);
}

/** `STRANGER`: what the business has not answered yet. */
async function listed(conversation_type: string, account: Account) {
  const query = { business_id: account.externalId, conversation_type, limit: '20' };
  const answer = await readTiktok(account, 'business/message/conversation/list/', query);
  const list = readAnswer(answer, conversations);
  if (!list.ok) return isFinal(list.error) ? [] : undefined;
  return list.value.data.conversations;
}

/** Who may not read the lists will not be let tomorrow. */
function isFinal({ code }: SendError): boolean {
  return code === 'permission_missing';
}

async function threadAt(conversation_id: string, account: Account) {
  const query = { business_id: account.externalId, conversation_id };
  const answer = await readTiktok(account, 'business/message/content/list/', query);
  const thread = readAnswer(answer, contents);
  return thread.ok ? thread.value.data : undefined;
}

async function customersMessages(conversation: string, account: Account): Promise<Message[] | undefined> {
  const thread = await threadAt(conversation, account);
  const names = new Map(thread?.participants?.map(({ id, display_name }) => [id, display_name]));
  return thread?.messages.flatMap((raw) => {
    const content = contentOf(raw, conversation);
    const name = names.get(content?.from_user?.id ?? '');
    const isCustomers = content?.to_user?.id === account.externalId;
    const message = isCustomers && readMessage({ business: account.externalId, content, raw }, 'INBOUND');
    return message && typeof message !== 'string' ? [named(message, name)] : [];
  });
}

/** The lists write the names of types in capitals, webhooks do not; and the conversation goes without saying. */
function contentOf(raw: unknown, conversation_id: string): wire.Content | undefined {
  const told = fieldsOf(raw);
  const type = textIn(told['message_type'])?.toLowerCase();
  return readAs(wire.content, { conversation_id, from: told['sender'], ...told, ...compact({ type }) });
}

function named(message: Message, name: string | undefined): Message {
  return name ? { ...message, counterparty: { ...message.counterparty, name } } : message;
}
