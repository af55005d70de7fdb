import type { BroadcastRow } from '../api/broadcast-rows.ts';
import { own } from '../text/own.ts';

type ListProblem =
  | 'no_recipients'
  | 'too_many_rows'
  | 'open_quotes'
  | 'not_a_list'
  | 'not_utf8'
  | 'no_header'
  | 'no_recipient_column'
  | 'no_column'
  | 'file_gone'
  | 'no_sheet'
  | 'no_workbook'
  | 'workbook_damaged'
  | 'workbook_too_large'
  | 'no_channel_account';

/** Why a broadcast failed; `which` is the number, as it is shown, or the name that the server says with it, empty where there is none. */
export type ListProblemWords = Readonly<Record<ListProblem, (which: string) => string>>;

type Problem = Pick<BroadcastRow, 'problem' | 'problem_code' | 'problem_details'>;

/** Why a broadcast failed, in the reader's language; as the server says it where its code is not known. */
export function listProblemOf(words: ListProblemWords, said: Problem, shown: (count: number) => string): string {
  const known = own<(which: string) => string>(words, said.problem_code ?? '');
  return known?.(whichIn(said, shown)) ?? said.problem ?? '';
}

function whichIn({ problem_details: details }: Problem, shown: (count: number) => string): string {
  const count = details?.rows ?? details?.row;
  return count === undefined ? (details?.column ?? details?.sheet ?? '') : shown(count);
}
