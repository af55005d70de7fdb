import type { Counterparty } from '../../domain/contact.ts';
import { compact } from '../shared/read.ts';

/** The parameters that lead a call to a thread. */
export interface Target {
  chat_id: number | string;
  business_connection_id?: string;
  message_thread_id?: number;
  direct_messages_topic_id?: number;
}

/** The number Telegram gave the message, from an id of ours. */
export function numberOf(providerMessageId: string): number | undefined {
  const digits = /^-?\d+(?:@[^:]+)?:([1-9]\d*)$/.exec(providerMessageId)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Undefined when the counterparty has no chat here. */
export function targetOf(to: Counterparty): Target | undefined {
  const value = to.identities.find(({ kind }) => kind === 'telegram_chat' || kind === 'group')?.value;
  if (value === undefined) return undefined;
  const [, id, connection, talk, topic] = /^(-?\d+)(?:@([^/]+))?(?:\/(d?)(\d+))?$/.exec(value) ?? [];
  if (id === undefined) return value.startsWith('@') ? { chat_id: value } : undefined;
  const thread = topic === undefined ? undefined : Number(topic);
  return {
    chat_id: Number(id),
    ...compact({
      business_connection_id: connection,
      message_thread_id: talk ? undefined : thread,
      direct_messages_topic_id: talk ? thread : undefined,
    }),
  };
}
