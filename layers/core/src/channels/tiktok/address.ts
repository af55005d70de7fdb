import type { Counterparty, Identity } from '../../domain/contact.ts';
import { compact } from '../shared/read.ts';
import type { Content } from './wire.ts';

/** A user's id. What is sent goes to the conversation that they opened, so a customer has to be known already. */
export function recipient(text: string): Identity | undefined {
  return /^[\w+/=.-]{5,128}$/.test(text) ? { kind: 'tiktok_user', value: text } : undefined;
}

/** The conversation that a customer opened: there is no other way to reach them. */
export function conversationIn({ identities }: Counterparty): string | undefined {
  return identities.find(({ kind }) => kind === 'tiktok_conversation')?.value;
}

/** The customer is the one of the two who is not the business. The user id names the person, the conversation id is where to answer. */
export function counterpartyOf(business: string, content: Content): Counterparty | undefined {
  const { from_user: from, to_user: to, conversation_id: conversation } = content;
  const isSender = from?.id !== undefined && from.id !== business;
  const user = isSender ? from.id : to?.id;
  if (user === undefined || user === business) return undefined;
  const place: Identity[] = conversation === undefined ? [] : [{ kind: 'tiktok_conversation', value: conversation }];
  return {
    identities: [{ kind: 'tiktok_user', value: user }, ...place],
    ...compact({ name: (isSender ? content.from : content.to) || undefined }),
  };
}
