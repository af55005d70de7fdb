import type { Body } from '../../domain/body.ts';
import type { Unreachable } from '../../domain/reachability.ts';
import type { Counterparty, Identity } from '../../domain/contact.ts';
import type { Direction } from '../../domain/message.ts';
import type { ProviderTemplate } from '../../domain/provider-template.ts';
import type { SendError, Status } from '../../domain/status.ts';
import type { AccountNews } from './accounts.ts';
import type { Envelope } from './mail.ts';

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
      /** who of a group wrote, as the provider calls them */
      author?: string;
      /** grows from message to message of a thread, where the provider counts them: orders those of the same moment */
      sequence?: number;
      /** the provider's id of the message replied to */
      replyTo?: string;
      /** of an echo: the reference we gave with the send, where the provider gives it back */
      reference?: string;
      /** it was there before the account was connected, so it is news to nobody; how far it had got by then */
      past?: { status?: Exclude<Status, 'PENDING'>; error?: SendError };
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
  /** the customer, or the business elsewhere, changed what a message says, or took it back */
  | {
      kind: 'revision';
      providerMessageId: string;
      counterparty: Counterparty;
      /** what it says now; null when it was taken back */
      body: Body | null;
      /** so do its further parts, which have its id with `:1`, `:2` and so on behind it */
      parts?: true;
      /** ms, of the change */
      providerAt?: number;
    }
  /** a person is known by another identity from now on (a new number, a group that moved, a phone number revealed). `at` (ms): whoever wrote under the new one since then is this person */
  | { kind: 'identity'; from: Identity; to: Identity; at?: number }
  /** someone can't be written to any more (blocked us, unsubscribed, complained, or the address is gone), or can be again */
  | { kind: 'reachability'; counterparty: Counterparty; reachable: boolean; why: Unreachable }
  /** news of the account itself: its session, its quality, its right to send */
  | { kind: 'account'; news: AccountNews }
  /** a message template was approved, refused, paused or changed */
  | {
      kind: 'template';
      template: Partial<ProviderTemplate> & Pick<ProviderTemplate, 'name' | 'language'>;
      /** more of it has changed than the webhook tells: the account's templates are to be read anew */
      stale?: true;
    }
  /** what somebody is called, or a group from now on (`renamed`), told by itself */
  | { kind: 'name'; counterparty: Counterparty & { name: string }; renamed?: true }
  /** what there was before the account was connected: so much that it is kept as it came, and `history` reads it afterwards */
  | { kind: 'history'; part: unknown }
  /** a customer wrote then (ms), and the webhook does not say who or what: `lookUp` may find it; else `otherwise` is all there is to show */
  | { kind: 'withheld'; at: number; conversation?: string; otherwise: Extract<InboundEvent, { kind: 'message' }> }
  /** a raw mail (RFC 5322), to be kept and read afterwards: in base64, or as a file that was brought (`create_upload`) */
  | ({ kind: 'mail'; envelope: Envelope } & ({ raw: string } | { uploadId: string }))
  /** understood, and of no consequence to a message */
  | { kind: 'ignored'; why: string };

/** One element of a webhook, handled on its own. `externalId` says which account it is for; without it, the account that signed. */
export type Element =
  | {
      ok: true;
      externalId?: string;
      event: InboundEvent;
      /** what the provider wants to read in the webhook's answer, where it reads it (Telegram takes a method call there) */
      answer?: Record<string, unknown>;
    }
  | { ok: false; externalId?: string; reason: string; raw: unknown };
