import type { AccountHealth } from './account-health.ts';
import type { AccountSettings } from './account-settings.ts';
import type { ChannelName } from './channel.ts';
import type { ChannelAccountId, OrganizationId } from './id.ts';

/** One organization's connection of a channel, without its credentials. */
export interface ChannelAccount {
  id: ChannelAccountId;
  organizationId: OrganizationId;
  channel: ChannelName;
  name: string;
  /** what the provider calls this account in its webhooks: phone_number_id, bot id, the business number, a session name */
  externalId: string;
  /** for channels whose webhooks are signed by an application that serves many accounts */
  appId?: string;
  status: 'Active' | 'Inactive';
  /** where the provider's API is; the manifest's default unless the account has its own server */
  baseUrl: string;
  /** what the organization set for it, beside what the channel does by itself */
  settings?: AccountSettings;
  /** how it does, as far as anyone has looked */
  health?: AccountHealth;
  /** when the credentials run out (ms), where that is known */
  expiresAt?: number;
  /** which credentials it has, so that what is learnt of them is not held against the next */
  version?: string;
  /** when the provider's templates were last read (ms) */
  templatesReadAt?: number;
  createdAt: number;
  updatedAt: number;
}

/** An account with its decrypted credentials, checked by the channel's schema. Lives in memory only. */
export interface ConnectedAccount<Credentials = unknown> extends ChannelAccount {
  credentials: Credentials;
  /** when these credentials took the place of others that ran out (ms) */
  renewedAt?: number;
}
