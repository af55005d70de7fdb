import type { ChannelName } from '../../domain/channel.ts';
import type { Identity } from '../../domain/contact.ts';
import type { Pace } from '../../domain/pace.ts';

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
  /** by name, the secrets of an application that signs; with `?` behind it, one that it may do without */
  appSecrets?: string[];
  /** the identity a business sends to first */
  address: Identity['kind'];
  /** a business can write only where a customer has written before: a send needs a known conversation */
  customerWritesFirst?: true;
  /** an account may name its own server (a self-hosted gateway, a mail server), so `base_url` is the customer's to set */
  ownServer?: true;
  /** a person is often known by another name before their address is told (a LID before a phone number): names are looked up always, which costs a read */
  addressComesLate?: true;
  /** people take their conversations along to a new number, of which a webhook tells */
  numbersMove?: true;
  /** each address of a person takes the place of the one before (a push subscription that is renewed): only the newest is written to */
  newestAddressHolds?: true;
  /** some of its webhooks take longer to work on than a webhook may take: they are kept, and worked on afterwards */
  worksLater?: true;
  /** messages are mail: they come raw, into the bucket, and what is sent has a subject */
  mail?: true;
  /** messages can be changed and taken back */
  revisions?: true;
  /** webhooks do not name the sender, or the group it is written in, but `profile` can ask */
  tellsProfiles?: true | 'groups';
  /** credentials run out and `refresh` gets new ones */
  renewsCredentials?: true;
  /** how long before they run out (ms); an hour, unless told */
  renewAheadMs?: number;
  /** how fast an account sends, unless its settings say otherwise */
  pace?: Pace;
  /** what the provider reports after accepting a message */
  receipts: { delivered: boolean; read: boolean };
  /** whether a status webhook carries the reference we sent; if not, messages are found by the provider's id */
  echoesReference: boolean;
  /** the provider's public API */
  baseUrl: string;
}
