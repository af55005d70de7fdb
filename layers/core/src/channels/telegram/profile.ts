import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { compact, readAs } from '../shared/read.ts';
import { nameOf } from './address.ts';
import { chatAnswer } from './api.ts';
import { callBot } from './call.ts';
import type { Credentials } from './credentials.ts';
import { targetOf } from './target.ts';

/** What Telegram calls a person, group or channel. */
export async function profile(
  who: Counterparty,
  account: ConnectedAccount<Credentials>,
): Promise<{ name?: string } | undefined> {
  const target = targetOf(who);
  if (!target || target.direct_messages_topic_id !== undefined) return undefined;
  const answer = await callBot(account, { method: 'getChat', parameters: { chat_id: target.chat_id } });
  const chat = answer.kind === 'answer' ? readAs(chatAnswer, answer.json)?.result : undefined;
  return chat && compact({ name: chat.title ?? nameOf(chat) });
}
