import type { InstagramAccount, MessengerAccount } from '../account.ts';
import type { Json } from '../json.ts';
import type { World } from '../world.ts';
import type { Check, GraphProblem } from './errors.ts';

export type MetaAccount = MessengerAccount | InstagramAccount;
export type MetaWorld = World<MetaAccount>;

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
}
