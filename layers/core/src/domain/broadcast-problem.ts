/** Why a broadcast FAILED: of its list, or of the account it was to leave from. */
export const broadcastProblems = [
  'no_recipients',
  'too_many_rows',
  'open_quotes',
  'not_a_list',
  'not_utf8',
  'no_header',
  'no_recipient_column',
  'no_column',
  'file_gone',
  'no_sheet',
  'no_workbook',
  'workbook_damaged',
  'workbook_too_large',
  'no_channel_account',
] as const;

export type BroadcastProblemCode = (typeof broadcastProblems)[number];

export interface BroadcastProblem {
  code: BroadcastProblemCode;
  /** in words, with the values of `details` in them */
  message: string;
  details?: ProblemDetails;
}

/** What the words say beside their code: how many `rows` are the most, from which `row` on, or which `column` or `sheet`. */
export interface ProblemDetails {
  rows?: number;
  row?: number;
  column?: string;
  sheet?: string;
}
