import type { Body, Interactive } from '@parley/core/domain/body.ts';
import { file, interactive } from '../bodies.ts';

type Card = Extract<Interactive, { kind: 'carousel' }>['cards'][number];

export function carousel(...cards: Card[]): Body {
  return interactive({ kind: 'carousel', cards }, '');
}

export function card(more: Partial<Card> = {}): Card {
  return { text: 'Espresso', image: file, ...more };
}

/** What neither Messenger nor Instagram can be sent. */
export const impossible: Body[] = [
  { type: 'sticker', media: { status: 'ready', link: 'https://files.example.com/s.webp' } },
  { type: 'location', latitude: 1, longitude: 2 },
  { type: 'contacts', contacts: [{ name: 'A', phones: [] }] },
  { type: 'system', event: 'x', text: 'x' },
  { type: 'unsupported', providerType: 'x', raw: {} },
  interactive({ kind: 'list', button: 'b', sections: [] }),
  interactive({ kind: 'reply', id: 'x', title: 'x' }),
];
