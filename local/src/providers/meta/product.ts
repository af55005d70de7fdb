import type { InstagramAccount, MessengerAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import type { Answer, Call } from '../http.ts';
import type { Phone } from '../phones.ts';
import type { World } from '../world.ts';
import type { Check, GraphProblem } from './check.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Tokens } from './tokens.ts';
import type { Uploads } from './uploads.ts';

export type MetaAccount = MessengerAccount | InstagramAccount;

/** What Meta keeps beside what every provider does. */
export interface MetaWorld extends World<MetaAccount> {
  tokens: Tokens;
  uploads: Uploads;
  subscriptions: Subscriptions;
}

/** What differs between Meta's two messaging products. */
export interface Product {
  label: string;
  object: 'page' | 'instagram';
  /** the id under which a call names the account, and whether its tokens may use it */
  senderOf(account: MetaAccount): string;
  newMessageId(): string;
  checkText(text: string): Check;
  /** members of `message` beside `text`, `attachment` and `quick_replies` */
  members: readonly string[];
  /** which files each type takes, and how large in bytes */
  files: Record<string, { max: number; types?: readonly string[] }>;
  buttons: readonly string[];
  checkReaction(reaction: string): Check;
  needsMessagingType(account: MetaAccount): boolean;
  messagingTypes: readonly string[];
  tags: readonly string[];
  /** an approved template in `message.template` */
  checkTemplate(template: unknown): Check;
  shownTemplate(template: Json): string;
  noSuchUser: GraphProblem;
  windowClosed: GraphProblem;
  /** what an echo says beside the content */
  echo(account: MetaAccount, message: Json): Json;
  reportsDelivery: boolean;
  /** what a read event says of the newest message seen */
  seen(messageId: string, at: number): Json;
  hasStickers: boolean;
  /** members of a send beside those that both products have */
  sendMembers: Record<string, (value: unknown) => Check>;
  /** whether a webhook tells that a customer took a message back */
  tellsUnsend: boolean;
  /** what webhooks can tell of, by Meta's names */
  fields: readonly string[];
  /** the field an event belongs to; undefined: it is told as soon as there is any subscription */
  fieldOf(event: Json): string | undefined;
  subscribable(account: MetaAccount): readonly string[];
  /** what a page's token is for */
  scopes: readonly string[];
  /** a customer as the profile API has them */
  person(phone: Phone): Json;
  noConsent: GraphProblem;
  /** which product an upload has to name */
  platform: string | undefined;
  /** approved templates of every page */
  templates: readonly Json[];
  /** calls that need no token of an account and that only this product has */
  login?(world: MetaWorld, call: Call): Answer | undefined;
}
