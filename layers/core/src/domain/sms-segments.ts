/** How a text travels as SMS. `units` are septets in GSM-7 and UTF-16 units in UCS-2; `segments` are the parts as they are cut. */
export interface SmsSegments {
  encoding: 'GSM-7' | 'UCS-2';
  units: number;
  segments: string[];
}

/** GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1), without ESC. */
const ALPHABET = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** Its extension table (6.2.1.1): each of these goes as ESC and a septet. */
const EXTENSION = new Set('\f^{}\\[~]|€');

/** What one SMS holds, and one part of several, whose header takes six bytes (3GPP TS 23.040, 9.2.3.24.1). */
const room = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const;

/** One character outside the GSM alphabet makes the whole text UCS-2. An empty text has no segments. */
export function smsSegments(text: string): SmsSegments {
  const encoding = isGsm(text) ? 'GSM-7' : 'UCS-2';
  const measure = encoding === 'GSM-7' ? septetsOf : (character: string) => character.length;
  let units = 0;
  for (const character of text) units += measure(character);
  const { single, part } = room[encoding];
  return { encoding, units, segments: cut(text, units <= single ? single : part, measure) };
}

/** Whether every character is in the GSM alphabet or its extension. */
export function isGsm(text: string): boolean {
  for (const character of text) if (!ALPHABET.has(character) && !EXTENSION.has(character)) return false;
  return true;
}

/** Fills part after part: neither an escaped character nor a surrogate pair is split between two. */
function cut(text: string, most: number, measure: (character: string) => number): string[] {
  const parts: string[] = [];
  let start = 0;
  let end = 0;
  let filled = 0;
  for (const character of text) {
    const width = measure(character);
    if (filled + width > most) {
      parts.push(text.slice(start, end));
      [start, filled] = [end, 0];
    }
    end += character.length;
    filled += width;
  }
  return end > start ? [...parts, text.slice(start)] : parts;
}

function septetsOf(character: string): number {
  return EXTENSION.has(character) ? 2 : 1;
}
