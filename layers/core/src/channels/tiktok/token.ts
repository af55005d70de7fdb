import type { SendError } from '../../domain/status.ts';
import { mend, sendErrorOf } from '../shared/receipt.ts';

/** What messaging needs; owners can untick each of them. */
const needed = ['message.list.read', 'message.list.send', 'message.list.manage'] as const;

/** Those, and what tells who the account is. */
export const asked = ['user.info.basic', 'user.info.username', 'user.info.profile', 'user.account.type', ...needed];

/** The scopes of a token, as TikTok writes them: with commas between them, or as a list. */
export function scopesOf(scope: unknown): string[] {
  if (Array.isArray(scope)) return scope.map(String);
  return typeof scope === 'string' ? scope.split(/[\s,]+/).filter(Boolean) : [];
}

/** What is wrong with a token whose owner has given less than messaging needs. */
export function lackOf(scopes: string[]): SendError | undefined {
  const missing = needed.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return undefined;
  const words = `The account's owner has not allowed ${missing.join(', ')}. Connect it again and allow all.`;
  return sendErrorOf(mend('auth', 'permission_missing', words));
}
