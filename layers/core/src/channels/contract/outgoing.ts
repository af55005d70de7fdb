import type { Body, Media } from '../../domain/body.ts';
import type { Counterparty } from '../../domain/contact.ts';
import type { SendError } from '../../domain/status.ts';

/** A message as a channel gets it to send. */
export interface Outgoing {
  /** ours, unique per attempt; goes along where the provider echoes one */
  reference: string;
  to: Counterparty;
  body: Body;
  /** `own`: the business wrote it */
  replyTo?: { providerMessageId: string; own?: true };
  /** the message this one passes on, where it came through the same account */
  forwardOf?: { providerMessageId: string; from: Counterparty };
  /** what only this channel knows, as its `options` schema reads it */
  options?: Record<string, unknown>;
  /** a person wrote it, and no program */
  byPerson?: true;
  /** when a customer last wrote in this conversation (ms); undefined: never, or not known */
  lastInboundAt?: number;
  /** where this account's webhooks come in, for a provider that is told with each send */
  webhookUrl?: string;
  /** reads a file of the body, for a provider that takes bytes instead of links; addresses that are not public are not dialled */
  readFile?(mostBytes: number, file?: Media): Promise<FileBytes>;
  /** a link to a file in our bucket, good for an hour, for a provider that takes links only */
  linkTo?(file: Media): string | undefined;
}

/** A text as a channel writes it, formatting and all. `segments`: of what is paid by the part. */
export interface Wording {
  text: string;
  segments?: { count: number; encoding: string };
}

/** A file as it was read, or why it was not. `permanent`: reading it again helps nothing. */
export type FileBytes =
  | { ok: true; bytes: Uint8Array<ArrayBuffer>; mime: string | undefined }
  | { ok: false; permanent: boolean; reason: string };

/**
 * Whose rate was too high. `unclear`: this recipient's, or the account's if others are limited as well; `template`: that of the template; `bulk`: the account's,
 * for what it writes of its own accord, so that its broadcasts wait and answers are tried.
 */
export type RateScope = 'recipient' | 'unclear' | 'template' | 'bulk';

/** What the provider answered to one send. `unknown`: it may or may not have been taken, so it is never sent again by itself. `gone`: there is nobody at this address any more, and there will not be. */
export type Receipt =
  /** `detail`: what there is to say of how it went, shown beside its status */
  | { outcome: 'accepted'; providerMessageId?: string; detail?: string }
  /** `limit`: whose rate was too high, where it was not the account's */
  | { outcome: 'refused'; error: SendError; retryable: boolean; retryAfterMs?: number; gone?: true; limit?: RateScope }
  | { outcome: 'unknown'; detail: string };

/** What a client does in a conversation besides sending: shows that it types, that it has read, or changes what it sent. */
export type Action =
  /** `providerMessageId`: the customer's last message, where the provider wants to be told it */
  | { kind: 'typing'; to: Counterparty; providerMessageId?: string }
  /** everything up to this message of the customer's has been read */
  | { kind: 'read'; to: Counterparty; providerMessageId: string }
  | { kind: 'edit'; to: Counterparty; providerMessageId: string; body: Body }
  | { kind: 'delete'; to: Counterparty; providerMessageId: string };

/** Why a provider did not do what is no message. `retryAfterMs`: the wait it asked for, where it takes no more for now. */
export type ProviderError = SendError & { retryAfterMs?: number };

/** What became of something asked of a provider that is no message. */
export type Done = { ok: true } | { ok: false; error: ProviderError };

/** What a provider answered to a question. */
export type Asked<T> = { ok: true; value: T } | { ok: false; error: ProviderError };

/** Where a media file's bytes can be fetched now, and with which headers. */
export type MediaLocation =
  | { ok: true; url: string; headers: Record<string, string> }
  | { ok: false; permanent: boolean; reason: string };
