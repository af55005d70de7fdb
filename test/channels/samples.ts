import type { Capabilities } from '@parley/core/channels/contract.ts';
import type { InteractiveKind, InteractiveLimit } from '@parley/core/channels/contract.ts';
import type { Body, Choice, Interactive, MediaKind } from '@parley/core/domain/body.ts';

export const interactiveKinds: InteractiveKind[] = [
  'buttons',
  'quick_replies',
  'list',
  'link_button',
  'carousel',
  'location_request',
];

export const mediaKinds: MediaKind[] = ['image', 'video', 'audio', 'document', 'sticker'];

export interface Shape {
  count: number;
  /** of each button, row or card */
  title: string;
}

const URL = 'https://shop.example/1';

/** A question of a kind, of so many buttons, rows or cards with such titles. */
export function interactiveOf(kind: InteractiveKind, { count, title }: Shape): Interactive {
  switch (kind) {
    case 'buttons':
    case 'quick_replies':
      return { kind, buttons: choices(count, title) };
    case 'list':
      return { kind, button: 'Choose', sections: [{ rows: choices(count, title) }] };
    case 'link_button':
      return { kind, link: { title, url: URL } };
    case 'carousel':
      return { kind, cards: Array.from({ length: count }, () => cardOf(title)) };
    case 'location_request':
      return { kind };
  }
}

function cardOf(text: string) {
  return { text, image: `${URL}.jpg`, link: { title: 'Look', url: URL } };
}

/** Titles differ in their last signs. */
function choices(count: number, title: string): Choice[] {
  return Array.from({ length: count }, (_, index) => {
    const mark = index === 0 ? '' : String(index);
    return { id: `c${index}`, title: title.slice(0, Math.max(title.length - mark.length, 0)) + mark };
  });
}

/** A question with a message, where one can stand there. */
export function question(
  kind: InteractiveKind,
  shape: Shape,
  limit: InteractiveLimit | undefined,
): Extract<Body, { type: 'interactive' }> {
  const interactive = interactiveOf(kind, shape);
  return { type: 'interactive', interactive, ...(limit?.text?.max !== 0 && { text: 'Which?' }) };
}

/** A file of a kind, of the first type that the channel lists. */
export function fileOf(kind: MediaKind, capabilities: Capabilities): Extract<Body, { type: MediaKind }> {
  return { type: kind, media: { status: 'ready', link: URL, mime: typeOf(capabilities.media[kind]?.types[0], kind) } };
}

/** A type that a pattern of types stands for. */
export function typeOf(pattern: string | undefined, kind: MediaKind): string {
  if (pattern === undefined || pattern === '*') return usual[kind];
  return pattern.endsWith('/*') ? usual[kind] : pattern;
}

const usual: Record<MediaKind, string> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'application/pdf',
  sticker: 'image/webp',
};
