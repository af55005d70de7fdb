import type { Counterparty } from '../../domain/contact.ts';
import { compact } from '../shared/read.ts';

/** The number Telegram gave the message, from an id of ours. */
export function numberOf(providerMessageId: string): number | undefined {
  const digits = /^-?\d+(?:@[^:]+)?:([1-9]\d*)$/.exec(providerMessageId)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The parameters that lead a call to a chat, or undefined when the counterparty has no chat here. */
export function chatOf(to: Counterparty): { chat_id: number | string; business_connection_id?: string } | undefined {
  const value = to.identities.find(({ kind }) => kind === 'telegram_chat' || kind === 'group')?.value;
  if (value === undefined) return undefined;
  const [, id, connection] = /^(-?\d+)(?:@(.+))?$/.exec(value) ?? [];
  if (id === undefined) return value.startsWith('@') ? { chat_id: value } : undefined;
  return { chat_id: Number(id), ...compact({ business_connection_id: connection }) };
}
