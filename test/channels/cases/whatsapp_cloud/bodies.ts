import type { Body, Choice, Interactive } from '@parley/core/domain/body.ts';

export const file = 'https://files.example.com/f';
export function choices(count: number): Choice[] {
  return Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, title: `Title ${index}` }));
}

export function interactive(content: Interactive, text = 'اختر'): Body {
  return {
    type: 'interactive',
    interactive: content,
    text,
  };
}

export function template(parameters: string[] | Record<string, string>): Body {
  return {
    type: 'template',
    template: { name: 'order_update', language: 'ar', parameters },
  };
}
