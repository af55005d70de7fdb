import type { Media } from '../../domain/body.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { ConversationId } from '../../domain/id.ts';
import type { SendError } from '../../domain/status.ts';
import type { InboundEvent } from './events.ts';

/** Who sent a mail to whom, as its last server was told (RFC 5321): the headers may say otherwise. */
export interface Envelope {
  /** empty: nobody wants to hear of its failure */
  from: string;
  to: string[];
}

/** One raw mail (RFC 5322) that came for an account. */
export interface RawMail {
  bytes: Uint8Array<ArrayBuffer>;
  envelope: Envelope;
  suspect?: 'spam' | 'forged';
}

/** A part of a mail as a file. `name` is unique in the mail and the same whenever it is read. */
export interface MailFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** of what is attached, what the mail says of it */
  mime: string;
  filename?: string;
  attached?: true;
}

/** Keeps a file in our bucket. */
export type KeepFile = (file: MailFile) => Promise<Media>;

type Message = Extract<InboundEvent, { kind: 'message' }>;

/** A mail that a message answers: by the reference we sent with it, by its Message-ID, or by the return path made for it. */
export type Answered = { reference: string } | { providerMessageId: string } | { returnPath: ReturnPath };

/** What a return path says of the attempt it was made for. `start`: of the message's uuid the first 64 bits, in hex. */
export interface ReturnPath {
  conversation: ConversationId;
  start: string;
  attempt: number;
}

/** What a report says of one address. Without `address` it is of whom the message was for. */
export interface Verdict {
  address?: string;
  status?: 'DELIVERED' | 'FAILED';
  error?: SendError;
  detail?: string;
  unreachable?: 'gone' | 'complained';
}

/** What one mail means. */
export type ReadMail =
  | {
      kind: 'message';
      event: Message;
      /** what it answers (In-Reply-To), and what came before that (References), the latest first */
      direct: Answered[];
      earlier: Answered[];
      /** the conversation that its address was made for */
      conversation?: ConversationId;
      /** its subject without what replies put before it: says what it answers where nothing else does */
      topic?: string;
    }
  /** a bounce or a complaint. `about`: the message of ours it may be about; when there is none, it is a mail like others: `otherwise` */
  | { kind: 'report'; about: Answered[]; verdicts: Verdict[]; otherwise: () => Promise<ReadMail> }
  | { kind: 'ignored'; why: string }
  | { kind: 'unreadable'; reason: string };

/** Reads mail. What it needs is large, so it is loaded where mail is worked on and nowhere else. */
export interface MailReader<Credentials = unknown> {
  /** under which names the account may be found that mail to this address is for, the likeliest first */
  namesOf(address: string): string[];
  /** files are kept by `keep`, so that the body can say where they are */
  read(mail: RawMail, account: ConnectedAccount<Credentials>, keep: KeepFile): Promise<ReadMail>;
  /** messages that these Message-IDs may be of */
  about(messageIds: string[], account: ConnectedAccount<Credentials>): Answered[];
  /** what a bounce means of which a provider says code and words. `passing`: it says that it may go another time */
  bounce(address: string, why: { status?: string; words?: string; passing?: boolean }): Verdict;
  /** the words of an HTML text, each link with its address */
  textOfHtml(html: string): string;
}
