import { isolate } from './plural.ts';

/** Why a message has not left yet. */
export const waitReasons = [
  'scheduled',
  'account',
  'quiet_hours',
  'window',
  'rate_limit',
  'retry',
  'media',
  'template',
] as const;
type WaitReason = (typeof waitReasons)[number];

/** In what other form a message went than it was asked for. */
export type Otherwise =
  | 'map link'
  | 'numbered text'
  | 'text'
  | 'image'
  | 'video'
  | 'audio'
  | 'document'
  | 'sticker'
  | 'within'
  | 'plain'
  | 'links'
  | 'template';

/** What the interface says of one message, in its bubble and in one line. */
export interface MessageWords {
  you: string;
  voiceMessage: string;
  asksForPlace: string;
  /** a kind of message, and what it is called or says */
  named: (kind: string, name: string) => string;
  reacted: (emoji: string) => string;
  /** `until` is null where no time is known; `perSecond`: what the provider has slowed the account to */
  waits: Record<WaitReason, (until: string | null, perSecond?: string) => string>;
  /** null: as the server says it, which is in this language */
  otherwise: Record<Otherwise, string> | null;
  /** what a channel tells us of without showing it, by what it calls it */
  withheld: Readonly<Record<string, string>>;
}

export const englishMessage: MessageWords = {
  you: 'You:',
  voiceMessage: 'Voice message',
  asksForPlace: 'Asks for the location',
  named: (kind, name) => `${kind}: ${isolate(name)}`,
  reacted: (emoji) => `Reacted with ${emoji}`,
  waits: {
    scheduled: (until) => (until ? `Leaves ${isolate(until)}.` : 'Leaves later.'),
    account: () => 'Waits until the account is connected again.',
    quiet_hours: (until) => `Waits for the end of the quiet hours${until ? `: ${isolate(until)}` : ''}.`,
    window: (until) => `Waits until the customer writes again${until ? `, at most until ${isolate(until)}` : ''}.`,
    rate_limit: (until, perSecond) =>
      `The channel takes no more ${perSecond ? `than about ${isolate(perSecond)} a second` : 'for the moment'}${until ? `. Goes on ${isolate(until)}` : ''}.`,
    retry: (until) => `The provider could not take it. Tried again ${until ? isolate(until) : 'soon'}.`,
    media: () => 'The file is being made ready.',
    template: (until) => `The provider holds the template back${until ? `. Tried again ${isolate(until)}` : ''}.`,
  },
  otherwise: null,
  withheld: {
    im_receive_msg_eu: 'A customer in Europe wrote. TikTok shows the message only in its app.',
    ephemeral: 'A photo or video to be seen once, in the Instagram app only',
  },
};

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
