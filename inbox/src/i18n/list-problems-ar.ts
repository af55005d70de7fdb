import type { ListProblemWords } from './list-problems.ts';
import { isolate } from './plural.ts';

export const arabicListProblems: ListProblemWords = {
  no_recipients: () => 'لا يوجد في القائمة مستلم يمكن مراسلته.',
  too_many_rows: (most) => `في القائمة أكثر من ${most} صف. قسّمها.`,
  open_quotes: (row) => `بدءًا من الصف ${row} علامات اقتباس كثيرة لم تُغلق.`,
  not_a_list: () =>
    `الملف ليس ${isolate('CSV')} ولا ${isolate('XLSX')}، بل ${isolate('PDF')} أو صفحة ويب. ارفع القائمة نفسها محفوظةً بصيغة ${isolate('CSV')} أو ${isolate('XLSX')}.`,
  not_utf8: () => `ترميز الملف ليس UTF-8. احفظه من Excel بصيغة ${isolate('CSV UTF-8')}، أو ارفعه واختر ترميزه.`,
  no_header: () => 'يجب أن يحمل الصف الأول من القائمة أسماء الأعمدة.',
  no_recipient_column: () => 'لم يُعرف أي عمود فيه المستلمون. ارفع القائمة من جديد وحدّده.',
  no_column: (name) => `لا يوجد في القائمة عمود «${isolate(name)}».`,
  file_gone: () => 'لم يعد الملف موجودًا، فهو يُحفظ يومًا واحدًا. ارفعه من جديد.',
  no_sheet: (name) => (name === '' ? 'لا توجد ورقة في المصنف.' : `لا توجد في المصنف ورقة «${isolate(name)}».`),
  no_workbook: () => 'هذا الملف ليس مصنفًا يمكن قراءته. احفظه من Excel بصيغة ‎.xlsx‎ وبلا كلمة مرور.',
  workbook_damaged: () => 'المصنف تالف. احفظه من جديد، أو بصيغة CSV.',
  workbook_too_large: () => 'في المصنف أكثر مما يمكن قراءته. قسّمه، أو احفظه بصيغة CSV.',
  no_channel_account: () => 'لم يعد حساب القناة الذي كانت ستُرسَل منه موجودًا.',
};
