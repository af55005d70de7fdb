import type { Choice, Interactive, LinkButton } from '../../domain/body.ts';
import type { Json } from '../shared/http.ts';
import { compact } from '../shared/read.ts';
import { headerFileOf, type MediaIds } from './upload.ts';

type Card = Extract<Interactive, { kind: 'carousel' }>['cards'][number];

/** A message with something to tap, or undefined for what only customers send. */
export function interactiveOf(interactive: Interactive, text: string, ids: MediaIds): Json | undefined {
  const action = actionOf(interactive);
  if (!action) return undefined;
  const footer = 'footer' in interactive && interactive.footer ? { text: interactive.footer } : undefined;
  const header = headerOf(interactive, ids);
  return { type: 'interactive', interactive: { ...action, body: { text }, ...compact({ header, footer }) } };
}

/** A file stands in place of words. */
function headerOf(interactive: Interactive, ids: MediaIds): Json | undefined {
  const file = 'file' in interactive ? interactive.file : undefined;
  if (file) return headerFileOf(file, ids);
  return 'header' in interactive && interactive.header ? { type: 'text', text: interactive.header } : undefined;
}

function actionOf(interactive: Interactive): { type: string; action: Json } | undefined {
  switch (interactive.kind) {
    case 'buttons':
    case 'quick_replies':
      return { type: 'button', action: { buttons: interactive.buttons.map((button) => replyOf(button, 'reply')) } };
    case 'list':
      return { type: 'list', action: { button: interactive.button, sections: interactive.sections.map(sectionOf) } };
    case 'link_button':
      return { type: 'cta_url', action: linkOf(interactive.link) };
    case 'carousel':
      return { type: 'carousel', action: { cards: interactive.cards.map(cardOf) } };
    case 'location_request':
      return { type: 'location_request_message', action: { name: 'send_location' } };
    case 'reply':
      return undefined;
  }
}

function replyOf({ id, title }: Choice, type: 'reply' | 'quick_reply'): Json {
  return { type, [type]: { id, title } };
}

function linkOf({ title, url }: LinkButton): Json {
  return { name: 'cta_url', parameters: { display_text: title, url } };
}

function sectionOf({ title, rows }: { title?: string; rows: Choice[] }): Json {
  const choices = rows.map(({ id, title, description }) => ({
    id,
    title,
    ...compact({ description: description || undefined }),
  }));
  return { ...compact({ title: title || undefined }), rows: choices };
}

/** A card's type is `cta_url` whatever its buttons are ("Interactive media carousel messages"). */
function cardOf({ text, image, buttons, link }: Card, index: number): Json {
  return {
    card_index: index,
    type: 'cta_url',
    header: { type: 'image', image: { link: image } },
    ...(text && { body: { text } }),
    action: link ? linkOf(link) : { buttons: (buttons ?? []).map((button) => replyOf(button, 'quick_reply')) },
  };
}
