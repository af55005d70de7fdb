import type { Body, Entity, Interactive } from '@parley/core/domain/body.ts';

export const file = 'https://files.example.com/f';
export function interactive(content: Interactive, text = 'اختر'): Body {
  return {
    type: 'interactive',
    interactive: content,
    text,
  };
}

export function bold(offset: number, length: number): Entity[] {
  return [{ type: 'bold', offset, length }];
}
