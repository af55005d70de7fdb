import type { WhatsappLiteAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import type { Ack, Told } from './payload.ts';
import type { SessionStatus } from './sessions.ts';

/** What became of a message: `chatId` is the chat it was sent to. */
export interface Acked {
  id: string;
  chatId: string;
  /** of a group: who has got so far */
  participant?: string | undefined;
}

/** A message that was changed, or taken back when there are no new words. */
export interface Changed {
  told: Told;
  text: string | undefined;
}

/** Each thing that is told, in the words of one kind of gateway. */
export interface Hooks {
  message(told: Told, at: number): Json;
  reaction(told: Told, reaction: { target: string; emoji: string }, at: number): Json;
  change(changed: Changed, at: number): Json;
  group(account: WhatsappLiteAccount, group: { id: string; subject: string }, at: number): Json;
  ack(account: WhatsappLiteAccount, acked: Acked, ack: Ack, at: number): Json;
  status(account: WhatsappLiteAccount, status: SessionStatus, at: number): Json;
}
