import type { ChannelName } from './channel.ts';
import type { Identity } from './contact.ts';
import type { ChannelAccountId, ContactId, MessageId, OrganizationId } from './id.ts';
import type { Unreachable } from './reachability.ts';

/** Who said so: the customer in a message, on an unsubscribe page or at the provider; the provider when a message was sent; or an agent. */
export type OptOutSource = 'message' | 'unsubscribe' | 'provider' | 'agent';

/** That someone is written to again. `by`: the user, when a person lifted it; times in ms. */
export interface Lifted {
  at: number;
  source: OptOutSource;
  reason?: string;
  by?: string;
  messageId?: MessageId;
}

/**
 * That someone must not, or can't, be written to: a contact on a whole channel, when they asked for it; an identity on one account,
 * for any other reason. Lifted, it is kept, so that it can be seen who lifted it and why.
 */
export interface OptOut {
  /** names it in its organization, and orders the list */
  id: string;
  organizationId: OrganizationId;
  channel?: ChannelName;
  channelAccountId?: ChannelAccountId;
  contactId?: ContactId;
  identity?: Identity;
  why: Unreachable;
  source: OptOutSource;
  reason?: string;
  messageId?: MessageId;
  at: number;
  lifted?: Lifted;
}
