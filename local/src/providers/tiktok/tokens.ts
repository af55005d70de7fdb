import { randomBytes } from 'node:crypto';
import type { TiktokAccount } from '../account.ts';

interface Token {
  access: string;
  refresh: string;
  expiresAt: number;
  scopes: string[];
}

/** A code that an owner's browser brings back. */
interface Code {
  account: string;
  redirect_uri: string;
  scopes: string[];
  expiresAt: number;
}

export interface Tokens {
  /** The account that this access token is good for now. */
  owner(access: string): TiktokAccount | undefined;
  /** What an account's owner lets the app do. */
  scopesOf(account: TiktokAccount): string[];
  /** A new pair for the refresh token, which with the old access token is worth nothing from then on. */
  refresh(refresh: string): { account: TiktokAccount; token: Token } | undefined;
  /** A code that is good once, for ten minutes, for the very address it is sent to. */
  code(account: TiktokAccount, redirect_uri: string, scopes: string[]): string;
  /** A first pair for a code. */
  exchange(code: string, redirect_uri: string): { account: TiktokAccount; token: Token } | undefined;
  /** Ends the access token before its time. */
  expire(account: TiktokAccount): void;
  /** Ends the app's leave altogether. */
  revoke(account: TiktokAccount): void;
  /** Whether the app has the owner's leave. */
  hasLeave(account: TiktokAccount): boolean;
}

export const lifetimeS = 86_400;
const codeLifetimeMs = 600_000;

const messaging = ['message.list.read', 'message.list.send', 'message.list.manage'];
const all = ['user.info.basic', 'user.info.username', ...messaging];

/** Every account starts with the tokens it was registered with. */
export function createTokens(accounts: Map<string, TiktokAccount>, now: () => number): Tokens {
  const kept = new Map<string, Token>();
  const codes = new Map<string, Code>();
  const revoked = new Set<string>();
  const of = (account: TiktokAccount): Token => {
    const { external_id, access_token: access, refresh_token: refresh } = account;
    const token = kept.get(external_id) ?? { access, refresh, scopes: all, expiresAt: now() + lifetimeS * 1000 };
    kept.set(external_id, token);
    return token;
  };
  const renew = (account: TiktokAccount, scopes: string[]) => {
    const [access, refresh] = [`act.${random()}`, `rft.${random()}`];
    const token = { access, refresh, scopes, expiresAt: now() + lifetimeS * 1000 };
    kept.set(account.external_id, token);
    revoked.delete(account.external_id);
    return { account, token };
  };
  const hasLeave = ({ external_id }: TiktokAccount): boolean => !revoked.has(external_id);
  const find = (matches: (token: Token) => boolean): TiktokAccount | undefined =>
    [...accounts.values()].find((account) => hasLeave(account) && matches(of(account)));
  return {
    owner: (access) => find((token) => token.access === access && token.expiresAt > now()),
    scopesOf: (account) => of(account).scopes,
    refresh: (refresh) => {
      const account = find((token) => token.refresh === refresh);
      return account && renew(account, of(account).scopes);
    },
    code: ({ external_id: account }, redirect_uri, scopes) => {
      const code = random();
      codes.set(code, { account, redirect_uri, scopes, expiresAt: now() + codeLifetimeMs });
      return code;
    },
    exchange: (code, redirect_uri) => {
      const known = codes.get(code);
      codes.delete(code);
      const account = accounts.get(known?.account ?? '');
      const isGood = known && known.expiresAt > now() && known.redirect_uri === redirect_uri;
      return isGood && account ? renew(account, known.scopes) : undefined;
    },
    expire: (account) => void (of(account).expiresAt = 0),
    revoke: ({ external_id }) => void revoked.add(external_id),
    hasLeave,
  };
}

function random(): string {
  return randomBytes(24).toString('base64url');
}
