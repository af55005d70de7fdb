import type { Interactive } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
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

const CARD_LINES = 3;
const CARD_BUTTON = 20;

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
    checkChoices(field, buttons, inCharacters('id', 256), inCharacters('title', titleOf(kind))),
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
  const most = countOf('list');
  return firstOf([
    checkText(button, inCharacters('interactive.button', 20)),
    checkCount('interactive.sections', sections.length, 1, most),
    checkCount('interactive.sections rows', rows.length, 1, most),
    ...sections.map((section, index) =>
      checkCount(`interactive.sections[${index}].rows`, section.rows.length, 1, most),
    ),
    ...sections.map((section, index) =>
      checkText(section.title, {
        ...inCharacters(`interactive.sections[${index}].title`, 24),
        optional: sections.length === 1,
      }),
    ),
    checkChoices('interactive.sections rows', rows, inCharacters('id', 200), inCharacters('title', titleOf('list'))),
    ...rows.map((row, index) =>
      checkText(row.description, {
        ...inCharacters(`interactive.sections rows[${index}].description`, 72),
        optional: true,
      }),
    ),
    checkUnique(
      'interactive.sections rows',
      rows.map((row) => row.id),
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
    checkText(text, { ...inCharacters(`${field}.text`, titleOf('carousel')), optional: true }),
    lines > CARD_LINES ? unprocessable('too_long', `${field}.text has ${lines} lines; the limit is 3`) : undefined,
    checkUrl(`${field}.image`, image),
    link ? checkLinkButton(`${field}.link`, link) : checkCount(`${field}.buttons`, buttons.length, 1, 3),
    link && buttons.length > 0
      ? unprocessable('invalid', `${field} can have a link or buttons, not both`)
      : checkChoices(`${field}.buttons`, buttons, inCharacters('id', CARD_BUTTON), inCharacters('title', CARD_BUTTON)),
  ]);
}

function checkLinkButton(field: string, { title, url }: { title: string; url: string }): Problem | undefined {
  return firstOf([
    checkText(title, inCharacters(`${field}.title`, titleOf('link_button'))),
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

function titleOf(kind: Offer['kind']): number {
  return capabilities.interactive[kind]?.title.max ?? 0;
}
