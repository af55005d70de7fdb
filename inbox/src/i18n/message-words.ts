/** Why a message has not left yet. */
export const waitReasons = [
  'scheduled',
  'account',
  'quiet_hours',
  'window',
  'rate_limit',
  'retry',
  'media',
  'template',
] as const;
type WaitReason = (typeof waitReasons)[number];

/** In what other form a message went than it was asked for. */
export type Otherwise =
  | 'map link'
  | 'numbered text'
  | 'text'
  | 'image'
  | 'video'
  | 'audio'
  | 'document'
  | 'sticker'
  | 'within'
  | 'plain'
  | 'links'
  | 'template';

/** What the interface says of one message, in its bubble and in one line. */
export interface MessageWords {
  you: string;
  voiceMessage: string;
  asksForPlace: string;
  /** a kind of message, and what it is called or says */
  named: (kind: string, name: string) => string;
  reacted: (emoji: string) => string;
  /** `until` is null where no time is known; `perSecond`: what the provider has slowed the account to */
  waits: Record<WaitReason, (until: string | null, perSecond?: string) => string>;
  /** null: as the server says it, which is in this language */
  otherwise: Record<Otherwise, string> | null;
  /** what a channel tells us of without showing it, by what it calls it */
  withheld: Readonly<Record<string, string>>;
}
