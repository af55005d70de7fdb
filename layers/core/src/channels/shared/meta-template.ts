import type { Body, Interactive } from '../../domain/body.ts';
import type * as wire from './meta-attachments-wire.ts';
import { compact } from './read.ts';

/** A template as an echo or a shop shows it: what it offers, where we have a body for that; otherwise its words, and it all raw. */
export function bodyOfTemplate(template: wire.Template): Body {
  const interactive = interactiveOf(template);
  if (interactive) return { type: 'interactive', interactive, ...compact({ text: template.text || undefined }) };
  const text = wordsOf(template).join('\n') || undefined;
  return {
    type: 'unsupported',
    providerType: template.template_type ?? 'template',
    ...compact({ text }),
    raw: template,
  };
}

function interactiveOf({ template_type: type, buttons = [], elements = [] }: wire.Template): Interactive | undefined {
  const { choices, links } = offered(buttons);
  const [link] = links;
  if (type === 'button' && choices.length === buttons.length) return { kind: 'buttons', buttons: choices };
  if (type === 'button' && link && buttons.length === 1) return { kind: 'link_button', link };
  if (type !== 'generic' || elements.length === 0) return undefined;
  return { kind: 'carousel', cards: elements.map(cardOf) };
}

function cardOf({ title, subtitle, image_url: image, buttons = [] }: NonNullable<wire.Template['elements']>[number]) {
  const { choices, links } = offered(buttons);
  return {
    text: [title, subtitle].filter(Boolean).join('\n'),
    ...compact({ image, link: links[0], buttons: choices.length > 0 ? choices : undefined }),
  };
}

function offered(buttons: wire.Button[]) {
  return {
    choices: buttons.flatMap(({ title, payload }) => (payload === undefined ? [] : [{ id: payload, title }])),
    links: buttons.flatMap(({ title, url }) => (url === undefined ? [] : [{ title, url }])),
  };
}

function wordsOf({ text, elements = [], product }: wire.Template): string[] {
  const items = [...elements, ...(product?.elements ?? [])];
  return [text, ...items.map(({ title }) => title)].filter((words) => words !== undefined);
}
