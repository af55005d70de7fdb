/** `utf16`: JavaScript's length. `bytes`: UTF-8. `characters`: Unicode code points. */
export type TextUnit = 'utf16' | 'bytes' | 'characters';

/** How much of a text there may be. */
export interface TextLimit {
  max: number;
  unit: TextUnit;
}

/** Whether a text is within a limit. */
export function fitsIn(text: string, { max, unit }: TextLimit): boolean {
  return lengthOf(text, unit) <= max;
}

/** How long a text is, as a provider counts. */
export function lengthOf(text: string, unit: TextUnit): number {
  switch (unit) {
    case 'utf16':
      return text.length;
    case 'bytes':
      return Buffer.byteLength(text);
    case 'characters':
      return Array.from(text).length;
  }
}
