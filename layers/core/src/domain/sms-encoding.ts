import { isGsm, smsSegments } from './sms-segments.ts';

/** As many characters as an SMS may have here, in UTF-16 units. */
export const LONGEST_SMS = 1600;

/** How a text is to travel. `auto`: as GSM-7 where it can. `gsm`: in no other way. `unicode`: as it is written, as UCS-2. */
export interface SmsOptions {
  smart_encoding?: boolean | undefined;
  encoding?: 'auto' | 'gsm' | 'unicode' | undefined;
}

/** What an SMS comes to. */
export interface SmsPlan {
  /** as it is sent */
  text: string;
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  /** typographic signs gave way to plain ones */
  isPlainer: boolean;
}

/** Typographic signs, and what stands for them on a phone of old. */
const plain: Record<string, string> = {
  '\u2018\u2019\u201a\u201b\u2032\u02b9\u00b4`': "'",
  '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb': '"',
  '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022': '-',
  '\u2039': '<',
  '\u203a': '>',
  '\u2044': '/',
  '\u00b7': '.',
  '\u2026': '...',
  '\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000': ' ',
  '\u2028\u2029': '\n',
  '\u00ad\u200b\u2060\ufeff': '',
};

const substitutes = new Map(
  Object.entries(plain).flatMap(([signs, instead]) => Array.from(signs, (sign) => [sign, instead] as const)),
);

/** In how many parts a text travels, and as what: before it is sent, and when it is. */
export function segmentsOf(text: string, { smart_encoding = true, encoding = 'auto' }: SmsOptions = {}): SmsPlan {
  const sent = smart_encoding && encoding !== 'unicode' ? plainer(text) : text;
  const { encoding: alphabet, segments } = smsSegments(sent);
  const isPlainer = sent !== text;
  if (encoding !== 'unicode' || alphabet === 'UCS-2')
    return { text: sent, encoding: alphabet, segments: segments.length, isPlainer };
  return { text, encoding: 'UCS-2', segments: partsOfUcs2(text), isPlainer };
}

/** With plain signs for typographic ones, if that alone makes the text GSM-7; what has Arabic or an emoji in it stays as it is. */
function plainer(text: string): string {
  if (isGsm(text)) return text;
  const composed = text.normalize('NFC');
  const plainText = Array.from(composed, (sign) => substitutes.get(sign) ?? sign).join('');
  return isGsm(plainText) && plainText.length <= LONGEST_SMS ? plainText : text;
}

/** One SMS of 70 units, or parts of 67; GSM-7's signs are one unit each. */
function partsOfUcs2(text: string): number {
  return text.length <= 70 ? Math.min(text.length, 1) : Math.ceil(text.length / 67);
}
