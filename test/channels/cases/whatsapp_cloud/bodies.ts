import type { Body, HeaderFile, Interactive, Template } from '@parley/core/domain/body.ts';
import { file, interactive } from '../bodies.ts';
import { link } from '../cases.ts';

export function template(parameters: string[] | Record<string, string>, more: Partial<Template> = {}): Body {
  return {
    type: 'template',
    template: { name: 'order_update', language: 'ar', parameters, ...more },
  };
}

export function header(type: HeaderFile['type'], more: object = {}): HeaderFile {
  return { type, media: link(file, more) };
}

type Card = Extract<Interactive, { kind: 'carousel' }>['cards'][number];

export function card(more: Partial<Card> = {}): Card {
  return { text: 'Tea', image: file, buttons: [{ id: 'a', title: 'A' }], ...more };
}

export function linkCard(title = 'Buy'): Card {
  return { text: 'Tea', image: file, link: { title, url: 'https://example.com' } };
}

export function carousel(cards: Card[]): Body {
  return interactive({ kind: 'carousel', cards });
}
