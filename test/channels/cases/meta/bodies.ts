import type { Body, Choice, Interactive } from '@parley/core/domain/body.ts';

export const file = 'https://files.example.com/f';

export function choices(count: number): Choice[] {
  return Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, title: `Title ${index}` }));
}

export function interactive(content: Interactive, text: string | undefined = 'اختر'): Body {
  return { type: 'interactive', interactive: content, ...(text === '' ? {} : { text }) };
}

type Card = Extract<Interactive, { kind: 'carousel' }>['cards'][number];

export function carousel(...cards: Card[]): Body {
  return interactive({ kind: 'carousel', cards }, '');
}

export function card(more: Partial<Card> = {}): Card {
  return { text: 'Espresso', image: file, ...more };
}
