import type { ChannelName } from '../../domain/channel.ts';
import type { Identity } from '../../domain/contact.ts';

/** What a channel is, as data: infrastructure, routes, alarms, capability table and tests follow from it. */
export interface Manifest {
  name: ChannelName;
  /** further names it goes by in URLs */
  aliases?: string[];
  /** as people write it */
  label: string;
  /** has conversations that agents see; a channel that only sends has none */
  inbox: boolean;
  /** has a webhook */
  inbound: boolean;
  /** has a send queue and a sender */
  outbound: boolean;
  /** answers a GET on its webhook (Meta's subscription check) */
  handshake: boolean;
  /** sends events by GET as well as by POST */
  eventsByGet?: true;
  /** further paths under /functions/v1/ that lead to the webhook */
  webhookAliases: string[];
  /** who signs a webhook: an application that serves many accounts, or each account by itself */
  signedBy: 'app' | 'account';
  /** the identity a business sends to first */
  address: Identity['kind'];
  /** a business can write only where a customer has written before: a send needs a known conversation */
  customerWritesFirst?: true;
  /** an account may name its own server (a self-hosted gateway, a mail server), so `base_url` is the customer's to set */
  ownServer?: true;
  /** credentials run out and `refresh` gets new ones */
  renewsCredentials?: true;
  /** what the provider reports after accepting a message */
  receipts: { delivered: boolean; read: boolean };
  /** whether a status webhook carries the reference we sent; if not, messages are found by the provider's id */
  echoesReference: boolean;
  /** the provider's public API */
  baseUrl: string;
}
