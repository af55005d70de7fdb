import type { SessionState } from '../../domain/account-health.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { ProviderTemplate } from '../../domain/provider-template.ts';
import type { Done, ProviderError } from './outgoing.ts';

/** What a webhook told of the account. `session`: the gateway's connection to the phone. `code`: which of our reasons `detail` is. */
export type AccountNews =
  | { about: 'session'; state: SessionState; detail?: string; code?: string }
  | { about: 'auth'; ok: boolean; detail?: string; code?: string }
  | { about: 'quality'; detail: string }
  /** what there was before the account was connected can't be had, and why */
  | { about: 'history'; detail: string };

export type { SessionState } from '../../domain/account-health.ts';

/** What the provider says of an account when asked. */
export type Probe =
  | {
      ok: true;
      /** what the provider calls the account in its webhooks, and what people see */
      externalId?: string;
      name?: string;
      session?: SessionState;
      /** when the credentials run out (ms), where the provider says */
      expiresAt?: number;
      /** further facts worth showing (quality rating, messaging limit) */
      facts?: Record<string, string>;
      /** the provider sends us none of the account's webhooks: some end that by themselves, after we could not be reached for a while */
      unsubscribed?: true;
    }
  /** `error.class` 'auth': the credentials are no good; anything else may pass */
  | { ok: false; error: ProviderError };

/** New credentials in place of those that run out, and when these do (ms). Undefined: the provider gave none. `later`: it could not be asked, or was not able to answer. */
export type Renewal<Credentials> = { credentials: Credentials; expiresAt: number } | 'later' | undefined;

/** Pairing a phone by a code that it scans. */
export interface Pairing<Credentials> {
  /** starts, or starts anew, and is asked again until the state is `connected` */
  show(account: ConnectedAccount<Credentials>): Promise<PairingState>;
  logout(account: ConnectedAccount<Credentials>): Promise<Done>;
}

/** How far the pairing of a phone is. */
export type PairingState =
  | { ok: true; state: Exclude<SessionState, 'scan_qr'> }
  /** `qr` is the string the code is drawn from; it is good until `expiresAt` (ms) */
  | { ok: true; state: 'scan_qr'; qr: string; expiresAt: number }
  | { ok: false; error: ProviderError };

/** A provider's application as an account is connected through it. */
export interface OAuthApp {
  id: string;
  secrets: Record<string, string>;
}

/** What the owner is sent to the provider with. `baseUrl`: of a server that stands in for the provider's. */
export interface ConsentRequest {
  redirectUrl: string;
  state: string;
  baseUrl?: string;
}

/** What the owner comes back with; `redirectUrl` as it was asked with. */
export interface Consent {
  code: string;
  redirectUrl: string;
  baseUrl: string;
}

/** Connecting an account by its owner's consent at the provider. */
export interface OAuth<Credentials> {
  /** where the owner is sent; comes back to `redirectUrl` with `code` and `state` */
  authorizeUrl(app: OAuthApp, request: ConsentRequest): string;
  /** the accounts that the owner let us have */
  exchange(
    app: OAuthApp,
    consent: Consent,
  ): Promise<{ ok: true; accounts: GrantedAccount<Credentials>[] } | { ok: false; error: ProviderError }>;
}

/** An account that its owner let us have. `expiresAt` (ms): when its credentials run out, where that is known. */
export interface GrantedAccount<Credentials> {
  externalId: string;
  name: string;
  credentials: Credentials;
  expiresAt?: number;
}

/** Templates that the provider approves. */
export interface Templates<Credentials> {
  list(
    account: ConnectedAccount<Credentials>,
  ): Promise<{ ok: true; templates: ProviderTemplate[] } | { ok: false; error: ProviderError }>;
}
