import type { RichText } from '../../domain/body.ts';
import { toWhatsApp } from '../../domain/rich-text/to-whatsapp.ts';

/** A text with its formatting written out; undefined when there is none. */
export function wordsOf({ text, entities }: Partial<RichText>): string | undefined {
  return text ? toWhatsApp(text, entities) : undefined;
}
