import type { BroadcastRow } from '../api/broadcast-rows.ts';
import { own } from '../text/own.ts';
import { isolate } from './plural.ts';

type ListProblem =
  | 'no_recipients'
  | 'too_many_rows'
  | 'open_quotes'
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

export const englishListProblems: ListProblemWords = {
  no_recipients: () => 'Nobody on the list can be written to.',
  too_many_rows: (most) => `The list has more than ${most} rows. Split it.`,
  open_quotes: (row) => `From row ${row} on, too many quotes are opened and never closed.`,
  not_utf8: () =>
    'The file is not UTF-8. In Excel, save it as “CSV UTF-8”, or upload it and choose what it is written in.',
  no_header: () => 'The first row of the list must name its columns.',
  no_recipient_column: () => 'It is not clear which column holds the recipients. Upload the list again and say which.',
  no_column: (name) => `The list has no column “${isolate(name)}”.`,
  file_gone: () => 'The file is not there any more: it is kept for a day. Upload it again.',
  no_sheet: (name) => (name === '' ? 'The workbook has no sheet.' : `The workbook has no sheet “${isolate(name)}”.`),
  no_workbook: () => 'This is no workbook that can be read.',
  workbook_damaged: () => 'The workbook is damaged. Save it anew, or as CSV.',
  workbook_too_large: () => 'The workbook holds more than can be read. Split it, or save it as CSV.',
  no_channel_account: () => 'The channel account it was to leave from does not exist any more.',
};

export const arabicListProblems: ListProblemWords = {
  no_recipients: () => 'لا يوجد في القائمة مستلم يمكن مراسلته.',
  too_many_rows: (most) => `في القائمة أكثر من ${most} صف. قسّمها.`,
  open_quotes: (row) => `بدءًا من الصف ${row} علامات اقتباس كثيرة لم تُغلق.`,
  not_utf8: () => `ترميز الملف ليس UTF-8. احفظه من Excel بصيغة ${isolate('CSV UTF-8')}، أو ارفعه واختر ترميزه.`,
  no_header: () => 'يجب أن يحمل الصف الأول من القائمة أسماء الأعمدة.',
  no_recipient_column: () => 'لم يُعرف أي عمود فيه المستلمون. ارفع القائمة من جديد وحدّده.',
  no_column: (name) => `لا يوجد في القائمة عمود «${isolate(name)}».`,
  file_gone: () => 'لم يعد الملف موجودًا، فهو يُحفظ يومًا واحدًا. ارفعه من جديد.',
  no_sheet: (name) => (name === '' ? 'لا توجد ورقة في المصنف.' : `لا توجد في المصنف ورقة «${isolate(name)}».`),
  no_workbook: () => 'هذا الملف ليس مصنفًا يمكن قراءته.',
  workbook_damaged: () => 'المصنف تالف. احفظه من جديد، أو بصيغة CSV.',
  workbook_too_large: () => 'في المصنف أكثر مما يمكن قراءته. قسّمه، أو احفظه بصيغة CSV.',
  no_channel_account: () => 'لم يعد حساب القناة الذي كانت ستُرسَل منه موجودًا.',
};
