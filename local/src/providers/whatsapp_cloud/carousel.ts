import type { Json } from '../../json.ts';
import { recordAt, recordsAt, shown } from '../json.ts';
import { isHttpUrl } from '../media.ts';
import { first, invalid, type Check } from '../meta/check.ts';
import { checkMedia } from './media-params.ts';
import { each, label, notValid } from './params.ts';

/** 2 to 10 cards, all with the same kind and number of buttons. */
export function checkCarousel(action: Json): Check {
  const cards = recordsAt(action, 'cards');
  if (cards.length < 2 || cards.length > 10) return notValid('Card count invalid. Min: 2, Max: 10');
  const shapes = cards.map((card) => shapeOf(recordAt(card, 'action')));
  return first(
    () => each(cards, checkCard),
    () => (new Set(shapes).size === 1 ? undefined : notValid('All cards need the same kind and number of buttons')),
  );
}

function checkCard(card: Json, index: number): Check {
  const { text } = recordAt(card, 'body');
  const action = recordAt(card, 'action');
  return first(
    () => (card['card_index'] === index ? undefined : notValid('card_index must count from 0')),
    () => checkHeader(recordAt(card, 'header'), ['image', 'video']),
    () => (text === undefined ? undefined : label(text, 'Card body', 160)),
    () => (shown(text).split('\n').length <= 3 ? undefined : notValid('Card body has more than 2 line breaks')),
    () => (action['name'] === 'cta_url' ? checkLink(action) : checkQuickReplies(action)),
  );
}

function checkQuickReplies(action: Json): Check {
  const buttons = recordsAt(action, 'buttons');
  if (buttons.length === 0) return invalid('Param action of a card must be a cta_url or have buttons.');
  return each(buttons, (button) => {
    const { id, title } = recordAt(button, 'quick_reply');
    return first(
      () => label(id, 'Quick reply id', 20),
      () => label(title, 'Quick reply title', 20),
    );
  });
}

function shapeOf(action: Json): string {
  return action['name'] === 'cta_url' ? 'link' : `replies ${recordsAt(action, 'buttons').length}`;
}

/** A text or a file above the body. */
export function checkHeader(header: Json, allowed: readonly string[]): Check {
  const type = String(header['type']);
  if (!allowed.includes(type)) return notValid(`header.type must be one of ${allowed.join(', ')}`);
  return type === 'text'
    ? label(header['text'], 'Header text', 60)
    : checkMedia(header, type, type === 'document' ? ['filename'] : []);
}

/** One button that opens a web page. */
export function checkLink(action: Json): Check {
  const { display_text: title, url } = recordAt(action, 'parameters') as Record<string, unknown>;
  return first(
    () => (action['name'] === 'cta_url' ? undefined : notValid('action.name must be cta_url')),
    () => label(title, 'Button label', 20),
    () =>
      typeof url === 'string' && isHttpUrl(url) ? undefined : notValid('action.parameters.url is not a valid URL'),
  );
}
