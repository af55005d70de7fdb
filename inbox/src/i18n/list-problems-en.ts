import type { ListProblemWords } from './list-problems.ts';
import { isolate } from './plural.ts';

export const englishListProblems: ListProblemWords = {
  no_recipients: () => 'Nobody on the list can be written to.',
  too_many_rows: (most) => `The list has more than ${most} rows. Split it.`,
  open_quotes: (row) => `From row ${row} on, too many quotes are opened and never closed.`,
  not_a_list: () =>
    'The file is neither CSV nor XLSX, but a PDF or a web page. Upload the list itself, saved as CSV or XLSX.',
  not_utf8: () =>
    'The file is not UTF-8. In Excel, save it as “CSV UTF-8”, or upload it and choose what it is written in.',
  no_header: () => 'The first row of the list must name its columns.',
  no_recipient_column: () => 'It is not clear which column holds the recipients. Upload the list again and say which.',
  no_column: (name) => `The list has no column “${isolate(name)}”.`,
  file_gone: () => 'The file is not there any more: it is kept for a day. Upload it again.',
  no_sheet: (name) => (name === '' ? 'The workbook has no sheet.' : `The workbook has no sheet “${isolate(name)}”.`),
  no_workbook: () => 'This is no workbook that can be read. In Excel, save it as .xlsx, without a password.',
  workbook_damaged: () => 'The workbook is damaged. Save it anew, or as CSV.',
  workbook_too_large: () => 'The workbook holds more than can be read. Split it, or save it as CSV.',
  no_channel_account: () => 'The channel account it was to leave from does not exist any more.',
};
