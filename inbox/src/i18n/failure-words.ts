import { own } from '../text/own.ts';

type FailureClass =
  | 'window_closed'
  | 'recipient_unavailable'
  | 'opted_out'
  | 'rate_limited'
  | 'auth'
  | 'account_restricted'
  | 'template_problem'
  | 'media_problem'
  | 'invalid'
  | 'provider_down'
  | 'unknown_outcome'
  | 'cancelled';

/** Why messages are not sent: by the class of the failure, and in it by code. One code may mean different things in two classes. */
export type FailureWords = Readonly<
  Record<FailureClass, Readonly<Record<string, string>> & { readonly other: string }>
>;

/** Why the server does not do what it is asked for, by code. */
export type RefusalWords = Readonly<Record<string, string>>;

interface Known {
  failures: FailureWords;
  refusals: RefusalWords;
}

/** Words for why a message was not sent; undefined where not even the class is known. */
export function wordsOfError({ failures }: Known, error: { class: string; code: string }): string | undefined {
  const known = own<Readonly<Record<string, string>>>(failures, error.class);
  return known && (own(known, error.code) ?? known['other']);
}

/** Words for why something was refused. A provider's refusal, passed on, has its code and no class. */
export function wordsOfCode({ failures, refusals }: Known, code: string): string | undefined {
  return own(refusals, code) ?? Object.values(failures).flatMap((known) => own(known, code) ?? [])[0];
}
