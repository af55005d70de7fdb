import type * as v from 'valibot';
import type { Body } from '../domain/body.ts';
import type { ConnectedAccount } from '../domain/channel-account.ts';
import type { Counterparty, Identity } from '../domain/contact.ts';
import type { Problem } from '../domain/problem.ts';
import type { OAuth, Pairing, Probe, Renewal, Templates } from './contract/accounts.ts';
import type { Capabilities } from './contract/capabilities.ts';
import type { Element, InboundEvent, Signer, WebhookRequest } from './contract/events.ts';
import type { MailReader } from './contract/mail.ts';
import type { Manifest } from './contract/manifest.ts';
import type { Action, Done, MediaLocation, Outgoing, Receipt, Wording } from './contract/outgoing.ts';

export type * from './contract/accounts.ts';
export type * from './contract/capabilities.ts';
export type * from './contract/events.ts';
export type * from './contract/mail.ts';
export type * from './contract/manifest.ts';
export type * from './contract/outgoing.ts';

/**
 * A channel: an object of functions, one file per verb. Nothing in it knows AWS or another channel.
 * `Credentials` is what the account's encrypted credentials hold. What a webhook does not need loads when it is first
 * asked for: those are the functions that answer with a promise.
 */
export interface Channel<Credentials = unknown> {
  manifest: Manifest;
  /** What the account's credentials must look like. */
  credentials(): Promise<v.GenericSchema<unknown, Credentials>>;
  /** From untrusted input: under which names the signing account may be found (`address:…`, `secret:…`). Only for `signedBy: 'account'`. */
  hints(request: WebhookRequest): string[];
  /** The names an account is found under, for `hints` of its webhooks: `address:…` and `secret:…` are one account's, `shared:…` one organization's, any other leads to who had it first. `group:…` names it with others, in an element that names no single one. */
  names(account: ConnectedAccount<Credentials>): string[];
  /** Names of accounts that the account's own names lie within: those have to be of the same organization. */
  within?(account: ConnectedAccount<Credentials>): Promise<string[]>;
  /** True when one of the signer's secrets made this request. Constant time; over the raw bytes. */
  verify(request: WebhookRequest, signer: Signer): boolean;
  /** Answer to the provider's subscription check: the text to echo, or undefined when it is not for us. */
  handshake?(request: WebhookRequest, signer: Signer): string | undefined;
  /** Reads a body that is not JSON. Throws when it can't be read. */
  parse?(request: WebhookRequest): unknown;
  /**
   * What the parsed body means, element by element. Throws nothing: what it can't read is an element that is not ok. A
   * promise where that may take code which most webhooks do not need.
   */
  normalise(payload: unknown): Element[] | Promise<Element[]>;
  /** What a person sees whose browser made a genuine request: an HTML page. Undefined for what programs send. */
  page?(request: WebhookRequest): string | undefined;
  /** Turns what a caller wrote as a recipient into an identity, or undefined when it can't be one. */
  recipient(text: string): Identity | undefined;
  /** Whether an address may have taken the place of another (a group that moved), so that it is looked up before a conversation is chosen by it. Costs a read. */
  mayHaveMoved?(identity: Identity): boolean;
  /** What it can do, with limits. */
  capabilities(): Promise<Capabilities>;
  /** The first limit of the channel that this body, or these options with it, breaks, naming field and limit. */
  check(body: Body, options?: Record<string, unknown>): Promise<Problem | undefined>;
  /** The words of a body as the provider gets them, where that is not the text as it stands. */
  wording?(body: Body, options?: Record<string, unknown>): Promise<Wording | undefined>;
  /** What a send may say that only this channel knows. */
  options?(): Promise<v.GenericSchema<unknown, Record<string, unknown>>>;
  /** Loads what `send` needs, so that the first send does not wait for it. */
  prepareToSend?(): Promise<unknown>;
  /** Asks the provider once. */
  send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt>;
  /** Where to fetch a received file from. */
  locateMedia(
    media: { providerMediaId?: string; link?: string },
    account: ConnectedAccount<Credentials>,
  ): Promise<MediaLocation>;
  /** Asks the provider for credentials in place of those that run out. */
  refresh?(account: ConnectedAccount<Credentials>): Promise<Renewal<Credentials>>;
  /** The messages that a webhook withheld, as the provider's lists have them. None: they are not there. `later`: it could not be asked, or was not able to answer. */
  lookUp?(
    event: Extract<InboundEvent, { kind: 'withheld' }>,
    account: ConnectedAccount<Credentials>,
  ): Promise<Extract<InboundEvent, { kind: 'message' }>[] | 'later'>;
  /** What a part of an account's history means, element by element, as `normalise` does. */
  history?(part: unknown): Promise<Element[]>;
  /** Does something in a conversation besides sending: what `capabilities` lists as actions. */
  act?(action: Action, account: ConnectedAccount<Credentials>): Promise<Done>;
  /** Asks the provider whether the account is good, with the least it can be asked. */
  probe?(account: ConnectedAccount<Credentials>): Promise<Probe>;
  /** Has the provider send this account's webhooks to us, and stop it. */
  subscribe?(account: ConnectedAccount<Credentials>, webhookUrl: string): Promise<Done>;
  unsubscribe?(account: ConnectedAccount<Credentials>): Promise<Done>;
  /** What the provider tells of a person or group: asked once, of one that is new and whose name is not known. `later`: it could not be asked. */
  profile?(who: Counterparty, account: ConnectedAccount<Credentials>): Promise<{ name?: string } | 'later' | undefined>;
  pairing?(): Promise<Pairing<Credentials>>;
  oauth?(): Promise<OAuth<Credentials>>;
  templates?(): Promise<Templates<Credentials>>;
  /** Reads raw mail, on the channel whose messages are mail. */
  mail?(): Promise<MailReader<Credentials>>;
}
