import type { Body, Choice, Interactive } from '@parley/core/domain/body.ts';

/** What the cases of several channels send. */

export const file = 'https://files.example.com/f';

export function choices(count: number): Choice[] {
  return Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, title: `Title ${index}` }));
}

/** With no text of its own where that is empty. */
export function interactive(content: Interactive, text = 'اختر'): Body {
  return { type: 'interactive', interactive: content, ...(text === '' ? {} : { text }) };
}

export function buttons(list: Choice[], text?: string): Body {
  return interactive({ kind: 'buttons', buttons: list }, text);
}
