/** What a customer asks for with one of these words: no more messages, or messages again. */
export type Wish = 'stop' | 'start';

/** Words of the organization's own, beside those that everyone knows. */
export interface OwnWords {
  stopWords?: string[] | undefined;
  startWords?: string[] | undefined;
}

/** UTF-16 units: a word with marks, quotes and spaces around it. What is longer says something else. */
export const LONGEST_WISH = 80;

/**
 * Words that mean nothing else, so that a tapped button counts as well. «Stop promotions» is the button that Meta offers for
 * templates.
 */
const CLEAR = wordsOf([
  'stop',
  'stopall',
  'stop all',
  'stop promotions',
  'stop please',
  'please stop',
  'stop messages',
  'stop sending messages',
  'stop messaging me',
  'stop texting me',
  'no more messages',
  'unsubscribe',
  'unsubscribe me',
  'opt out',
  'optout',
  'إيقاف الاشتراك',
  'إيقاف الرسائل',
  'وقف الرسائل',
  'أوقف الرسائل',
  'إلغاء الاشتراك',
  'إلغاء اشتراك',
  'إلغاء اشتراكي',
  'ألغي الاشتراك',
  'ألغِ الاشتراك',
  'ستوب',
  'إيقاف العروض',
  'أوقف الاشتراك',
  'أوقفوا الرسائل',
  'وقفوا الرسائل',
  'إلغاء الرسائل',
  'توقف عن الإرسال',
  'توقفوا عن الإرسال',
  'لا ترسل رسائل',
  'لا ترسلوا رسائل',
  'لا ترسل لي رسائل',
  'لا ترسلوا لي رسائل',
  'لا تراسلني',
  'لا تراسلوني',
  'لا أريد رسائل',
  'مش عايز رسائل',
  'مش عايزة رسائل',
]);

/** Words that a button may have for something else; typed, alone, they are the request. */
const TYPED = wordsOf(['إيقاف', 'ايقاف', 'أوقف', 'توقف', 'توقفوا', 'وقف', 'قف', 'إلغاء', 'الغاء']);

const START = wordsOf([
  'start',
  'unstop',
  'subscribe',
  'resubscribe',
  'opt in',
  'اشتراك',
  'اشترك',
  'إعادة الاشتراك',
  'ابدأ',
  'ابدء',
  'بدء',
]);

/**
 * What a message asks for, when it is one of the words and nothing else: whatever its case, vowel marks, spelling of hamza and
 * the like, and punctuation, also letter by letter (S T O P). `tapped`: the title of a choice that we gave. CANCEL, END, QUIT and «لا ترسل» (do
 * not send) are not among the words, because in a conversation they answer a question; an organization may add them.
 */
export function wishOf(
  text: string,
  { stopWords = [], startWords = [], tapped = false }: OwnWords & { tapped?: boolean } = {},
): Wish | undefined {
  if (text.length > LONGEST_WISH) return undefined;
  const word = normalWords(text);
  if (word === '') return undefined;
  const isIn = (words: Set<string>): boolean => words.has(word) || words.has(unspelled(word));
  if (isIn(CLEAR) || isIn(wordsOf(stopWords))) return 'stop';
  if (tapped) return undefined;
  if (isIn(TYPED)) return 'stop';
  return isIn(START) || isIn(wordsOf(startWords)) ? 'start' : undefined;
}

/**
 * The same for every way to write the same words. Unicode takes letters and their marks apart, so that hamza and madda go with
 * the vowels; alef, yeh, kaf and teh marbuta each become one letter; what is neither letter nor digit parts words. No word has a letter three times
 * in a row: that is one that was drawn out.
 */
export function normalWords(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}\u0640\u0621]/gu, '')
    .toLowerCase()
    .replaceAll('\u0671', '\u0627')
    .replaceAll(/[\u0649\u06cc]/g, '\u064a')
    .replaceAll('\u06a9', '\u0643')
    .replaceAll('\u0629', '\u0647')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(/(\p{L})\1{2,}/gu, '$1')
    .trim();
}

/** Letters that stand apart make a word. */
function unspelled(word: string): string {
  return /^\p{L}( \p{L})+$/u.test(word) ? normalWords(word.replaceAll(' ', '')) : word;
}

function wordsOf(words: string[]): Set<string> {
  return new Set(words.map(normalWords));
}
