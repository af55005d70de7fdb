import type { ChannelAccountId, OrganizationId } from './id.ts';

/** A message template as its provider keeps it. A template of one name exists once per language. */
export interface ProviderTemplate {
  /** the provider's own id */
  id?: string;
  name: string;
  language: string;
  status: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED' | 'DELETED';
  category?: string;
  quality?: string;
  /** why it was refused or paused, as the provider says */
  reason?: string;
  header?: { format: 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION'; text?: string };
  /** the text with its placeholders */
  body?: string;
  footer?: string;
  buttons?: { type: string; text: string; url?: string }[];
}

/** A provider's template with whose it is and when it last changed (ms). */
export interface OwnedTemplate extends ProviderTemplate {
  organizationId: OrganizationId;
  channelAccountId: ChannelAccountId;
  updatedAt: number;
}
