import type { MailWords } from './mail-words.ts';

export const mailArabic: MailWords = {
  subject: 'الموضوع',
  subjectPlaceholder: 'الموضوع (فارغ: ردّ على آخر رسالة)',
  showQuoted: 'النص السابق',
  showDesigned: 'العرض كما صُمّمت',
  showPictures: 'إظهار الصور الخارجية',
  designedMail: 'الرسالة كما صمّمها مرسلها',
  mailUnreadable: 'تعذّر عرض هذه الرسالة. افتح الأصل للاطّلاع عليها.',
  original: 'الأصل',
  automaticMail: 'رد تلقائي',
  suspectMail: { spam: 'قد تكون هذه رسالة مزعجة.', forged: 'قد لا تكون هذه الرسالة ممن تدّعي.' },
};
