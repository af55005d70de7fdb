import type { LibraryWords } from './library-words.ts';

export const arabicLibrary: LibraryWords = {
  quickReplies: 'ردود جاهزة',
  windowClosed: 'لم يكتب هذا العميل منذ يوم. لا يصله الآن إلا قالب معتمد.',
  windowClosedFor: 'لم يكتب هذا العميل منذ مدة. قد لا يصله ما ترسله الآن.',
  chooseTemplate: 'إرسال قالب',
  template: 'القالب',
  noTemplates: 'لا يوجد قالب معتمد. تُقرأ القوالب من المزوّد عند مزامنة الحساب.',
  headerValue: (name) => `الرأس، ${name}`,
  bodyValue: (name) => `النص، ${name}`,
  fileLink: 'رابط ملف الرأس',
  latitude: 'خط العرض',
  longitude: 'خط الطول',
  buttonValue: (button) => `زر «${button}»`,
  preview: 'ما يصل إلى العميل',
};
