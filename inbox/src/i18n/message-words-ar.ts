import type { MessageWords } from './message-words.ts';
import { isolate } from './plural.ts';

export const arabicMessage: MessageWords = {
  you: 'أنت:',
  voiceMessage: 'رسالة صوتية',
  asksForPlace: 'تطلب الموقع',
  named: (kind, name) => `${kind}: ${isolate(name)}`,
  reacted: (emoji) => `تفاعل بـ ${emoji}`,
  waits: {
    scheduled: (until) => (until ? `تُرسَل ${isolate(until)}.` : 'تُرسَل لاحقًا.'),
    account: () => 'تنتظر إلى أن يُربط الحساب من جديد.',
    quiet_hours: (until) => `تنتظر نهاية ساعات الهدوء${until ? `: ${isolate(until)}` : ''}.`,
    window: (until) => `تنتظر إلى أن يكتب العميل من جديد${until ? `، وحتى ${isolate(until)} على الأكثر` : ''}.`,
    rate_limit: (until, perSecond) =>
      `لا تقبل القناة ${perSecond ? `أكثر من نحو ${isolate(perSecond)} في الثانية` : 'المزيد الآن'}${until ? `. تُستأنف ${isolate(until)}` : ''}.`,
    retry: (until) => `لم يستطع المزوّد أخذها. تُعاد المحاولة ${until ? isolate(until) : 'قريبًا'}.`,
    media: () => 'يجري تجهيز الملف.',
    template: (until) => `يؤخّر المزوّد هذا القالب${until ? `. تُعاد المحاولة ${isolate(until)}` : ''}.`,
  },
  otherwise: {
    'map link': 'رابطًا إلى خريطة.',
    'numbered text': 'نصًا مرقّمًا.',
    text: 'نصًا.',
    image: 'صورة.',
    video: 'فيديو.',
    audio: 'مقطعًا صوتيًا.',
    document: 'مستندًا.',
    sticker: 'ملصقًا.',
    within: 'الرأس أو الملف أو التذييل ضمن النص.',
    plain: 'بلا بعض تنسيقها.',
    links: 'عناوين الروابط مكتوبة كاملة.',
    template: 'قالبًا، لأن مهلة الرد الحر كانت قد انتهت.',
  },
  withheld: {
    im_receive_msg_eu: 'كتب عميل في أوروبا. لا يعرض تيك توك رسالته إلا في تطبيقه.',
    ephemeral: 'صورة أو فيديو يُشاهد مرة واحدة في تطبيق إنستغرام فقط',
  },
};
