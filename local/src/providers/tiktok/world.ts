import type { TiktokAccount } from '../account.ts';
import type { World } from '../world.ts';
import type { Tokens } from './tokens.ts';

/** TikTok, as its pretend provider has it. */
export interface Tiktok extends World<TiktokAccount> {
  tokens: Tokens;
  /** comments that a business may answer once, by their id */
  comments: Map<string, Comment>;
}

export interface Comment {
  account: string;
  phone: string;
  /** ms */
  at: number;
  answered?: true;
}

/** Of people in Europe, whose ids end so here, webhooks tell next to nothing; and they get no pictures. */
export function isInEurope({ address }: { address: string }): boolean {
  return address.endsWith('0049');
}
