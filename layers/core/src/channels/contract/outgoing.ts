import type { Body, Media } from '../../domain/body.ts';
import type { Counterparty } from '../../domain/contact.ts';
import type { SendError } from '../../domain/status.ts';

/** A message as a channel gets it to send. */
export interface Outgoing {
  /** ours, unique per attempt; goes along where the provider echoes one */
  reference: string;
  to: Counterparty;
  body: Body;
  replyTo?: { providerMessageId: string };
  /** the message this one passes on, where it came through the same account */
  forwardOf?: { providerMessageId: string; from: Counterparty };
  /** what only this channel knows, as its `options` schema reads it */
  options?: Record<string, unknown>;
  /** when a customer last wrote in this conversation (ms); undefined: never, or not known */
  lastInboundAt?: number;
  /** where this account's webhooks come in, for a provider that is told with each send */
  webhookUrl?: string;
  /** reads a file of the body, for a provider that takes bytes instead of links; addresses that are not public are not dialled */
  readFile?(mostBytes: number, file?: Media): Promise<FileBytes>;
}

export type FileBytes =
  | { ok: true; bytes: Uint8Array<ArrayBuffer>; mime: string | undefined }
  | { ok: false; permanent: boolean; reason: string };

/** What the provider answered to one send. `unknown`: it may or may not have been taken, so it is never sent again by itself. `gone`: there is nobody at this address any more, and there will not be. */
export type Receipt =
  | { outcome: 'accepted'; providerMessageId?: string }
  | { outcome: 'refused'; error: SendError; retryable: boolean; retryAfterMs?: number; gone?: true }
  | { outcome: 'unknown'; detail: string };

/** What a client does in a conversation besides sending: shows that it types, that it has read, or changes what it sent. */
export type Action =
  /** `providerMessageId`: the customer's last message, where the provider wants to be told it */
  | { kind: 'typing'; to: Counterparty; providerMessageId?: string }
  /** everything up to this message of the customer's has been read */
  | { kind: 'read'; to: Counterparty; providerMessageId: string }
  | { kind: 'edit'; to: Counterparty; providerMessageId: string; body: Body }
  | { kind: 'delete'; to: Counterparty; providerMessageId: string };

/** What became of something asked of a provider that is no message. */
export type Done = { ok: true } | { ok: false; error: SendError };

/** Where a media file's bytes can be fetched now, and with which headers. */
export type MediaLocation =
  | { ok: true; url: string; headers: Record<string, string> }
  | { ok: false; permanent: boolean; reason: string };
