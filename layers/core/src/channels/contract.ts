import type * as v from 'valibot';
import type { Body } from '../domain/body.ts';
import type { ConnectedAccount } from '../domain/channel-account.ts';
import type { ChannelName } from '../domain/channel.ts';
import type { Counterparty, Identity } from '../domain/contact.ts';
import type { Direction } from '../domain/message.ts';
import type { Problem } from '../domain/problem.ts';
import type { SendError, Status } from '../domain/status.ts';

/** What a channel is, as data: infrastructure, routes, alarms, capability table and tests follow from it. */
export interface Manifest {
  name: ChannelName;
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
  /** credentials run out and `refresh` gets new ones */
  renewsCredentials?: true;
  /** what the provider reports after accepting a message */
  receipts: { delivered: boolean; read: boolean };
  /** whether a status webhook carries the reference we sent; if not, messages are found by the provider's id */
  echoesReference: boolean;
  /** the provider's public API */
  baseUrl: string;
  limits: {
    text: { max: number; unit: 'utf16' | 'bytes' | 'characters' };
    caption?: { max: number; unit: 'utf16' | 'bytes' | 'characters' };
  };
}

/** A webhook as it came: `body` are the bytes that were signed. Header names are lower case. */
export interface WebhookRequest {
  method: string;
  headers: Record<string, string | undefined>;
  query: URLSearchParams;
  body: Uint8Array;
}

/** Who may have signed a webhook: an application or an account, with every secret that is valid now (two while one is being changed). */
export interface Signer {
  id: string;
  secrets: Record<string, string>[];
}

/** What one element of a webhook means. */
export type InboundEvent =
  | {
      kind: 'message';
      direction: Direction;
      providerMessageId: string;
      /** ms; left out when the provider's time is absent or changes between redeliveries */
      providerAt?: number;
      counterparty: Counterparty;
      body: Body;
      /** the provider's id of the message replied to */
      replyTo?: string;
      /** of an echo: the reference we gave with the send, where the provider gives it back */
      reference?: string;
    }
  | {
      kind: 'status';
      providerMessageId: string;
      status: Exclude<Status, 'PENDING'>;
      providerAt?: number;
      /** the reference we gave with the send, where the provider echoes it */
      reference?: string;
      detail?: string;
      error?: SendError;
    }
  /** everything the business sent to this counterparty until then has got so far (Messenger's and TikTok's high-water marks) */
  | {
      kind: 'watermark';
      status: 'DELIVERED' | 'READ';
      counterparty: Counterparty;
      /** ms, by the provider's clock; or the last message it holds for */
      upTo: { at: number } | { providerMessageId: string };
    }
  /** understood, and of no consequence to a message */
  | { kind: 'ignored'; why: string };

/** One element of a webhook, handled on its own. `externalId` says which account it is for; without it, the account that signed. */
export type Element =
  | { ok: true; externalId?: string; event: InboundEvent }
  | { ok: false; externalId?: string; reason: string; raw: unknown };

/** A message as a channel gets it to send. */
export interface Outgoing {
  /** ours, unique per attempt; goes along where the provider echoes one */
  reference: string;
  to: Counterparty;
  body: Body;
  replyTo?: { providerMessageId: string };
  /** where this account's webhooks come in, for a provider that is told with each send */
  webhookUrl?: string;
  /** reads the file of the body, for a provider that takes bytes instead of links; addresses that are not public are not dialled */
  readFile?(mostBytes: number): Promise<FileBytes>;
}

export type FileBytes =
  | { ok: true; bytes: Uint8Array<ArrayBuffer>; mime: string | undefined }
  | { ok: false; permanent: boolean; reason: string };

/** What the provider answered to one send. `unknown`: it may or may not have been taken, so it is never sent again by itself. */
export type Receipt =
  | { outcome: 'accepted'; providerMessageId?: string }
  | { outcome: 'refused'; error: SendError; retryable: boolean; retryAfterMs?: number }
  | { outcome: 'unknown'; detail: string };

/** Where a media file's bytes can be fetched now, and with which headers. */
export type MediaLocation =
  | { ok: true; url: string; headers: Record<string, string> }
  | { ok: false; permanent: boolean; reason: string };

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
  /** The names an account is found under, for `hints` of its webhooks. */
  names(account: ConnectedAccount<Credentials>): string[];
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
  /** Turns what a caller wrote as a recipient into an identity, or undefined when it can't be one. */
  recipient(text: string): Identity | undefined;
  /** The first limit of the channel that this body breaks, naming field and limit. */
  check(body: Body): Promise<Problem | undefined>;
  /** Loads what `send` needs, so that the first send does not wait for it. */
  prepareToSend?(): Promise<unknown>;
  /** Asks the provider once. */
  send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt>;
  /** Where to fetch a received file from. */
  locateMedia(
    media: { providerMediaId?: string; link?: string },
    account: ConnectedAccount<Credentials>,
  ): Promise<MediaLocation>;
  /** New credentials in place of those that run out, and when these do (ms). Undefined: the provider gave none. */
  refresh?(
    account: ConnectedAccount<Credentials>,
  ): Promise<{ credentials: Credentials; expiresAt: number } | undefined>;
}
