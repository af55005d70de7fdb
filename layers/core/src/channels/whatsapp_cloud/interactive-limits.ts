import type { Interactive, LinkButton } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import type { TextLimit } from '../contract.ts';
import {
  checkChoices,
  checkCount,
  checkText,
  checkUnique,
  checkUrl,
  firstOf,
  inCharacters,
  unprocessable,
} from '../shared/limits.ts';
import { capabilities } from './capabilities.ts';

type Offer = Exclude<Interactive, { kind: 'reply' }>;
type Card = Extract<Interactive, { kind: 'carousel' }>['cards'][number];
type Section = Extract<Interactive, { kind: 'list' }>['sections'][number];

const MOST_CARD_LINES = 3;
const MOST_CARD_BUTTONS = 3;
/** of a card's button, as of its id */
const CARD_BUTTON = { max: 20, unit: 'characters' } as const;

/** The limits of the interactive kinds ("Interactive messages"). `text`: as WhatsApp writes it. */
export function checkInteractive(interactive: Offer, text: string): Problem | undefined {
  const limit = capabilities.interactive[interactive.kind]?.text ?? capabilities.text;
  return firstOf([checkText(text, { field: 'message', ...limit }), checkParts(interactive), checkFrame(interactive)]);
}

function checkParts(interactive: Offer): Problem | undefined {
  switch (interactive.kind) {
    case 'buttons':
    case 'quick_replies':
      return checkButtons(interactive);
    case 'list':
      return checkList(interactive);
    case 'link_button':
      return checkLinkButton('interactive.link', interactive.link);
    case 'carousel':
      return checkCarousel(interactive.cards);
    case 'location_request':
      return undefined;
  }
}

function checkButtons({ kind, buttons }: Extract<Offer, { kind: 'buttons' | 'quick_replies' }>): Problem | undefined {
  const field = 'interactive.buttons';
  return firstOf([
    checkCount(field, buttons.length, 1, countOf(kind)),
    checkChoices(field, buttons, { max: 256, unit: 'characters' }, titleOf(kind)),
    checkUnique(
      field,
      buttons.map((button) => button.id),
    ),
    checkUnique(
      field,
      buttons.map((button) => button.title),
    ),
  ]);
}

/** Ten rows in all sections together. */
function checkList({ button, sections }: Extract<Offer, { kind: 'list' }>): Problem | undefined {
  const rows = sections.flatMap((section) => section.rows);
  return firstOf([
    checkText(button, inCharacters('interactive.button', 20)),
    checkCount('interactive.sections', sections.length, 1, countOf('list')),
    checkCount('interactive.sections rows', rows.length, 1, countOf('list')),
    ...sections.map((section, index) =>
      checkSection(`interactive.sections[${index}]`, section, { isOnly: sections.length === 1 }),
    ),
    checkUnique(
      'interactive.sections rows',
      rows.map((row) => row.id),
    ),
  ]);
}

/** The only section of a list needs no title. */
function checkSection(field: string, { title, rows }: Section, { isOnly }: { isOnly: boolean }): Problem | undefined {
  return firstOf([
    checkCount(`${field}.rows`, rows.length, 1, countOf('list')),
    checkText(title, { ...inCharacters(`${field}.title`, 24), optional: isOnly }),
    checkChoices(`${field}.rows`, rows, { max: 200, unit: 'characters' }, titleOf('list')),
    ...rows.map(({ description }, index) =>
      checkText(description, { ...inCharacters(`${field}.rows[${index}].description`, 72), optional: true }),
    ),
  ]);
}

/** All cards have buttons of one kind, as many each, and a picture. */
function checkCarousel(cards: Card[]): Problem | undefined {
  const field = 'interactive.cards';
  const shapes = cards.map(({ link, buttons = [] }) => (link ? 'link' : String(buttons.length)));
  const other = shapes.findIndex((shape) => shape !== shapes[0]);
  return firstOf([
    checkCount(field, cards.length, 2, countOf('carousel')),
    ...cards.map((card, index) => checkCard(`${field}[${index}]`, card)),
    other < 0
      ? undefined
      : unprocessable('invalid', `${field}[${other}] needs the same kind and number of buttons as the first card`),
  ]);
}

function checkCard(field: string, { text, image, buttons = [], link }: Card): Problem | undefined {
  const lines = text.split('\n').length;
  return firstOf([
    checkText(text, { field: `${field}.text`, ...titleOf('carousel'), optional: true }),
    lines > MOST_CARD_LINES
      ? unprocessable('too_long', `${field}.text has ${lines} lines; the limit is ${MOST_CARD_LINES}`)
      : undefined,
    checkUrl(`${field}.image`, image),
    link
      ? checkLinkButton(`${field}.link`, link)
      : checkCount(`${field}.buttons`, buttons.length, 1, MOST_CARD_BUTTONS),
    link && buttons.length > 0
      ? unprocessable('invalid', `${field} can have a link or buttons, not both`)
      : checkChoices(`${field}.buttons`, buttons, CARD_BUTTON, CARD_BUTTON),
  ]);
}

function checkLinkButton(field: string, { title, url }: LinkButton): Problem | undefined {
  return firstOf([
    checkText(title, { field: `${field}.title`, ...titleOf('link_button') }),
    checkUrl(`${field}.url`, url),
  ]);
}

function checkFrame(interactive: Offer): Problem | undefined {
  const header = 'header' in interactive ? interactive.header : undefined;
  const footer = 'footer' in interactive ? interactive.footer : undefined;
  return firstOf([
    checkText(header, { ...inCharacters('interactive.header', 60), optional: true }),
    checkText(footer, { ...inCharacters('interactive.footer', 60), optional: true }),
  ]);
}

function countOf(kind: Offer['kind']): number {
  return capabilities.interactive[kind]?.count ?? 0;
}

function titleOf(kind: Offer['kind']): TextLimit {
  return capabilities.interactive[kind]?.title ?? { max: 0, unit: 'characters' };
}
