import { again, mend, never, restricted, slower, type Failure } from '../shared/receipt.ts';

/** RFC 3463: nobody is at this address, and there will not be. */
const GONE = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.4.4']);
const VAGUE = new Set(['5.0.0', '5.5.0', '5.4.1', '5.1.0', '5.2.1']);
const NOBODY =
  /user (?:is )?unknown|unknown user|no such (?:user|mailbox|recipient|person)|does(?:n't| not) exist|mailbox (?:not found|unavailable: unknown)|invalid (?:mailbox|recipient)|address rejected: unknown|host (?:or domain name )?(?:unknown|not found)|recipient not found|unrouteable address/i;
const PASSING =
  /quota|full|spam|polic|block|reject list|blacklist|rate|reputation|suspend|disabled|authent|relay|temporar|try again/i;

/** The address is dead: never for a reason that passes, or that lies with us. */
export function isGone(enhanced: string | undefined, words: string): boolean {
  if (PASSING.test(words.replace(/\b[\d.]+\b/g, ''))) return false;
  if (enhanced !== undefined && GONE.has(enhanced)) return true;
  return (enhanced === undefined || VAGUE.has(enhanced)) && NOBODY.test(words);
}

/** The enhanced status code (RFC 3463) in a server's words. */
export function enhancedIn(words: string): string | undefined {
  return /(?:^|[\s#(:-])([245]\.\d{1,3}\.\d{1,3})(?=$|[\s):;,-])/.exec(words.slice(0, 2000))?.[1];
}

/** The code for what a server says that writes none. */
export function meantBy(words: string): string | undefined {
  if (/mailbox (?:is )?full|over quota|quota (?:is |was )?exceeded|exceed\w* (?:\w+ )?quota/i.test(words))
    return '5.2.2';
  return /retry time(?:out)? exceeded|delivery time expired|message expired/i.test(words) ? '4.4.7' : undefined;
}

/** What a server's refusal of one message means, by its code. */
export function failureOf(code: number | undefined, words: string): Failure {
  const enhanced = enhancedIn(words);
  if (isGone(enhanced, words))
    return never('recipient_unavailable', 'no_such_address', 'There is nobody at this address.');
  const subject = enhanced?.slice(2) ?? '';
  const isPermanent = code === undefined ? (enhanced ?? '5').startsWith('5') : code >= 500;
  if (code === THROTTLED) return throttled(words);
  if (!isPermanent) return passing(subject);
  return permanent(subject, code);
}

/** Amazon SES, once we are signed in: «Throttling failure: Maximum sending rate exceeded», or «Daily message quota exceeded». */
const THROTTLED = 454;

function throttled(words: string): Failure {
  return /quota/i.test(words)
    ? restricted('rate_limited', 'rate_limited', 'The mail server takes no more mail of this account today.')
    : again('rate_limited', 'rate_limited', 'The mail server takes no more mail for the moment.', 60_000);
}

function passing(subject: string): Failure {
  if (subject === '2.2')
    return again('recipient_unavailable', 'mailbox_full', "The customer's mailbox is full.", 60_000);
  if (subject.startsWith('7.')) return slower('unclear', 'deferred', 'The mail server wants us to wait.', 60_000);
  return again('provider_down', 'deferred', 'The mail server could not take the message now.', 30_000);
}

function permanent(subject: string, code: number | undefined): Failure {
  if (subject === '3.4' || subject === '2.3' || code === 552)
    return never('media_problem', 'too_large', 'The mail is larger than the server takes.');
  if (subject === '2.2') return never('recipient_unavailable', 'mailbox_full', "The customer's mailbox is full.");
  if (subject.startsWith('7.'))
    return never('account_restricted', 'refused_by_policy', 'The mail server refuses mail of this kind or sender.');
  if (subject.startsWith('6.'))
    return never('invalid', 'content_refused', 'The mail server could not accept what the mail holds.');
  if (subject.startsWith('1.') || subject.startsWith('2.') || code === 550 || code === 551 || code === 553)
    return never('recipient_unavailable', 'address_refused', 'The mail server does not take mail for this address.');
  if (subject.startsWith('4.'))
    return never('recipient_unavailable', 'undeliverable', 'The mail could not be delivered.');
  return never('invalid', 'refused', 'The mail server refused the message.');
}

/** RFC 4954: the server does not know us, whoever the mail is for. */
export const wrongCredentials = mend(
  'auth',
  'not_authenticated',
  'The mail server does not accept the user name, password or token.',
);
