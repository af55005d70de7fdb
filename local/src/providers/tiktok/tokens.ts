import { randomBytes } from 'node:crypto';
import type { TiktokAccount } from '../account.ts';

interface Token {
  access: string;
  refresh: string;
  expiresAt: number;
}

export interface Tokens {
  /** The account that this access token is good for now. */
  owner(access: string): TiktokAccount | undefined;
  /** A new pair for the refresh token, which with the old access token is worth nothing from then on. */
  refresh(refresh: string): { account: TiktokAccount; token: Token } | undefined;
  /** Ends the access token before its time. */
  expire(account: TiktokAccount): void;
}

export const lifetimeS = 86_400;

/** Every account starts with the tokens it was registered with. */
export function createTokens(accounts: Map<string, TiktokAccount>, now: () => number): Tokens {
  const kept = new Map<string, Token>();
  const of = (account: TiktokAccount): Token => {
    const { external_id, access_token, refresh_token } = account;
    const token = kept.get(external_id) ?? newToken(now(), access_token, refresh_token);
    kept.set(external_id, token);
    return token;
  };
  const find = (matches: (token: Token) => boolean): TiktokAccount | undefined =>
    [...accounts.values()].find((account) => matches(of(account)));
  return {
    owner: (access) => find((token) => token.access === access && token.expiresAt > now()),
    refresh: (refresh) => {
      const account = find((token) => token.refresh === refresh);
      if (!account) return undefined;
      const token = newToken(now(), `act.${random()}`, `rft.${random()}`);
      kept.set(account.external_id, token);
      return { account, token };
    },
    expire: (account) => void (of(account).expiresAt = 0),
  };
}

function newToken(at: number, access: string, refresh: string): Token {
  return { access, refresh, expiresAt: at + lifetimeS * 1000 };
}

function random(): string {
  return randomBytes(24).toString('base64url');
}
