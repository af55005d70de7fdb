import { randomBytes } from 'node:crypto';
import type { State } from '../state.ts';

/** Whom a token stands for: the owner of an organization's accounts, as one app asked them, or one account. */
export type Bearer = { kind: 'owner'; organization: string; app_id: string } | { kind: 'account'; external_id: string };

/** A token or a code, as it was given. `lasting`: it is one of those that are good for 60 days. */
export interface Grant {
  bearer: Bearer;
  lasting: boolean;
  /** ms */
  issued: number;
  expires: number;
  /** of a code: where it was sent */
  redirect_uri?: string;
}

/** Tokens and codes that were given, beside those the accounts were registered with; they outlive a restart. */
export interface Tokens {
  issue(prefix: string, grant: Omit<Grant, 'issued' | 'expires'>): { token: string; expires_in: number };
  /** Undefined when it was never given, or has run out. */
  find(token: string): Grant | undefined;
  /** Like `find`, once. */
  take(code: string): Grant | undefined;
}

const HOUR_MS = 3_600_000;
const LASTING_MS = 60 * 24 * HOUR_MS;

export function createTokens(state: State, channel: string, now: () => number): Tokens {
  const shelf = `tokens ${channel}`;
  const find = (token: string): Grant | undefined => {
    const grant = state.get(shelf, token) as Grant | undefined;
    return grant && grant.expires > now() ? grant : undefined;
  };
  return {
    find,
    take: (code) => {
      const grant = find(code);
      state.remove(shelf, code);
      return grant;
    },
    issue: (prefix, grant) => {
      const token = prefix + randomBytes(32).toString('base64url');
      const lifetime = grant.lasting ? LASTING_MS : HOUR_MS;
      state.put(shelf, token, { ...grant, issued: now(), expires: now() + lifetime } satisfies Grant);
      state.keepNewest(shelf, mostTokens);
      return { token, expires_in: lifetime / 1000 };
    },
  };
}

const mostTokens = 500;
