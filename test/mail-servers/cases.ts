import type { Behaviour } from './destination.ts';

/** One way for a mail to come back. */
export interface BounceCase {
  /** of the fixture's file */
  name: string;
  server: 'postfix' | 'exim';
  to: string;
  /** of the server that sends for us, beside what it always has */
  settings?: Record<string, string>;
  /** after how many seconds it gives up, and says that it has not yet */
  patience?: number;
  warnAfter?: number;
  /** the other server; `away`: nothing listens there; `exim`: an Exim of its own, which takes the mail and then looks whom it is for */
  other: Behaviour | 'away' | 'exim';
  /** characters of the mail's text */
  length?: number;
  /** without a return path of its own */
  plain?: true;
  /** which of the reports that come back, oldest first */
  nth?: number;
}

const to = 'mona@customers.example';
const arabic = 'منى@customers.example';

/** «User unknown», in Arabic, as a server writes it that knows windows-1256 only. */
const windows1256 = Buffer.concat([
  Buffer.from('550 5.1.1 '),
  Buffer.from('c7e1e3d3cacececfe320dbedd120e3e6cce6cf', 'hex'),
]);

function refuses(words: string | Uint8Array): Behaviour {
  return { recipient: () => words };
}

const unknown = refuses(
  '550 5.1.1 <mona@customers.example>: Recipient address rejected: User unknown in virtual mailbox table',
);
const full: Behaviour = { data: () => '552 5.2.2 <mona@customers.example>: mailbox full, try again when it is not' };
const fullNow = refuses('452 4.2.2 The email account that you tried to reach is over quota');

/** Postfix as it is where its owner offers no DSN to clients: then it sends the whole mail back, and tells of delays too. */
const silent = { smtpd_discard_ehlo_keywords: 'dsn, silent-discard' };
/** A server that writes its own Message-ID in the place of ours, as Microsoft 365 does. */
const renaming = {
  ...silent,
  header_checks: 'regexp:{{/^Message-ID:/ REPLACE Message-ID: <renamed@mail.nile.example>}}',
};

export const cases: BounceCase[] = [
  { name: 'unknown-user', server: 'postfix', to, other: unknown },
  { name: 'unknown-user', server: 'exim', to, other: unknown },
  { name: 'unknown-user-without-dsn', server: 'postfix', to, other: unknown, settings: silent, plain: true },
  { name: 'mailbox-full', server: 'postfix', to, other: full },
  { name: 'mailbox-full', server: 'exim', to, other: full },
  {
    name: 'mailbox-full-for-too-long',
    server: 'postfix',
    to,
    other: fullNow,
    settings: silent,
    patience: 4,
    nth: 1,
    warnAfter: 1,
  },
  { name: 'mailbox-full-for-too-long', server: 'exim', to, other: fullNow, patience: 2 },
  {
    name: 'relay-refused',
    server: 'postfix',
    to,
    other: refuses('554 5.7.1 <mona@customers.example>: Relay access denied'),
  },
  { name: 'relay-refused', server: 'exim', to, other: refuses('550 relay not permitted') },
  { name: 'no-codes', server: 'postfix', to, other: refuses('550 Requested action not taken: mailbox unavailable') },
  { name: 'no-codes', server: 'exim', to, other: refuses('550 Requested action not taken: mailbox unavailable') },
  { name: 'delayed', server: 'postfix', to, other: 'away', settings: silent, patience: 4, warnAfter: 1 },
  { name: 'expired', server: 'postfix', to, other: 'away', settings: silent, patience: 4, nth: 1, warnAfter: 1 },
  { name: 'delayed', server: 'exim', to, other: 'away', patience: 60, warnAfter: 1 },
  { name: 'expired', server: 'exim', to, other: 'away', patience: 2 },
  { name: 'no-smtputf8', server: 'postfix', to: arabic, other: {} },
  { name: 'no-smtputf8', server: 'exim', to: arabic, other: unknown },
  {
    name: 'arabic-user',
    server: 'postfix',
    to: arabic,
    other: { offers: ['8BITMIME', 'SMTPUTF8'], ...refuses('550 5.1.1 <منى@customers.example>: المستخدم غير موجود') },
  },
  {
    name: 'arabic-user',
    server: 'exim',
    to: arabic,
    other: { offers: ['8BITMIME', 'SMTPUTF8'], ...refuses('550 5.1.1 <منى@customers.example>: المستخدم غير موجود') },
  },
  { name: 'windows-1256-words', server: 'postfix', to, other: refuses(windows1256) },
  { name: 'windows-1256-words', server: 'exim', to, other: refuses(windows1256) },
  {
    name: 'headers-only',
    server: 'postfix',
    to,
    other: unknown,
    settings: { ...silent, bounce_size_limit: '2000' },
    length: 4000,
  },
  { name: 'body-in-full', server: 'postfix', to, other: unknown, settings: silent, length: 4000 },
  {
    name: 'too-large-to-return',
    server: 'exim',
    to,
    other: unknown,
    settings: { bounce_return_size_limit: '2K' },
    length: 8000,
  },
  { name: 'headers-only', server: 'exim', to, other: unknown, settings: { bounce_return_body: 'false' }, length: 4000 },
  { name: 'two-servers-on', server: 'postfix', to: 'nobody@boxes.example', other: 'exim', settings: silent },
  { name: 'two-servers-on-renamed', server: 'postfix', to: 'nobody@boxes.example', other: 'exim', settings: renaming },
  { name: 'box-full', server: 'postfix', to: 'full@boxes.example', other: 'exim', settings: silent },
];
