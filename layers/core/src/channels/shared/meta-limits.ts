import type { Body, Interactive, Media, MediaKind } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import {
  cannotSend,
  checkChoices,
  checkCount,
  checkLink,
  checkSize,
  checkText,
  checkUnique,
  checkUrl,
  firstOf,
  unprocessable,
  type TextLimit,
} from './limits.ts';
import { titlesOf } from './meta-request.ts';

/** What one of Meta's messaging products takes. */
export interface MetaLimits {
  label: string;
  /** kinds of body, in words for a caller */
  able: readonly string[];
  text: Omit<TextLimit, 'field'>;
  files: { [kind in MediaKind]?: { max: number; mimes?: string[] } };
}

const MB = 1024 * 1024;

/** "Send media": an image has at most 8 MB by its link, any other file 25 MB. */
export const IMAGE_BYTES = 8 * MB;
export const FILE_BYTES = 25 * MB;

/** Meta's attachments have no caption. */
export function checkFile(
  type: MediaKind,
  { media, text }: { media: Media; text?: string },
  { label, able, files }: MetaLimits,
): Problem | undefined {
  const rule = files[type];
  if (!rule) return cannotSend(label, type, able);
  return firstOf([
    checkLink(media),
    checkMime(type, media.mime, rule.mimes, label),
    checkSize(media, rule.max),
    text
      ? unprocessable('no_caption', `message can't go with ${type} on ${label}`, 'Send the text by itself')
      : undefined,
  ]);
}

/** Any one emoji, or none to take the reaction back. */
export function checkReaction({ emoji, target }: Extract<Body, { type: 'reaction' }>): Problem | undefined {
  const isOne =
    emoji === null ||
    (graphemes(emoji) === 1 && /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20e3/u.test(emoji));
  return firstOf([
    checkText(target, short('reaction.target', 512)),
    isOne ? undefined : unprocessable('invalid', 'reaction.emoji must be one emoji'),
  ]);
}

export function checkInteractive(
  interactive: Interactive,
  text: string | undefined,
  limits: MetaLimits,
): Problem | undefined {
  switch (interactive.kind) {
    case 'quick_replies':
      return firstOf([
        checkText(text, { field: 'message', ...limits.text }),
        checkButtons('interactive.buttons', interactive.buttons, 1, 13),
      ]);
    case 'buttons':
      return firstOf([
        checkText(text, short('message', 640)),
        checkButtons('interactive.buttons', interactive.buttons, 1, 3),
        checkFrame(interactive, limits.label),
      ]);
    case 'link_button':
      return firstOf([
        checkText(text, short('message', 640)),
        checkWebUrl('interactive.link', interactive.link),
        checkFrame(interactive, limits.label),
      ]);
    case 'carousel':
      return checkCarousel(interactive, text, limits);
    case 'list':
    case 'reply':
      return cannotSend(limits.label, `interactive ${interactive.kind}`, limits.able);
  }
}

type Carousel = Extract<Interactive, { kind: 'carousel' }>;

function checkCarousel({ cards }: Carousel, text: string | undefined, { label }: MetaLimits): Problem | undefined {
  return firstOf([
    text
      ? unprocessable(
          'no_text',
          `message can't go with a carousel on ${label}`,
          'Send the text by itself, before the carousel',
        )
      : undefined,
    checkCount('interactive.cards', cards.length, 1, 10),
    ...cards.map((card, index) => checkCard(card, `interactive.cards[${index}]`)),
  ]);
}

/** A title alone is no card: something has to stand beside it. */
function checkCard({ text, image, buttons = [], link }: Carousel['cards'][number], field: string): Problem | undefined {
  const { title, subtitle } = titlesOf(text);
  const beside = subtitle !== undefined || image !== undefined || buttons.length > 0 || link !== undefined;
  return firstOf([
    checkText(title, short(`${field}.text (first line)`, 80)),
    checkText(subtitle, { ...short(`${field}.text (below the first line)`, 80), optional: true }),
    image === undefined ? undefined : checkUrl(`${field}.image`, image),
    checkCount(`${field}.buttons with link`, buttons.length + (link ? 1 : 0), 0, 3),
    checkButtons(`${field}.buttons`, buttons, 0, 3),
    link ? checkWebUrl(`${field}.link`, link) : undefined,
    beside
      ? undefined
      : unprocessable('too_few', `${field} needs an image, a second line or a button beside its title`),
  ]);
}

function checkButtons(
  field: string,
  buttons: { id: string; title: string }[],
  min: number,
  max: number,
): Problem | undefined {
  return firstOf([
    checkCount(field, buttons.length, min, max),
    checkChoices(field, buttons, short('id', 1000), short('title', 20)),
    checkUnique(
      field,
      buttons.map(({ id }) => id),
    ),
  ]);
}

function checkWebUrl(field: string, { title, url }: { title: string; url: string }): Problem | undefined {
  return firstOf([checkText(title, short(`${field}.title`, 20)), checkUrl(`${field}.url`, url)]);
}

function checkFrame({ header, footer }: { header?: string; footer?: string }, label: string): Problem | undefined {
  const given = header ? 'header' : footer ? 'footer' : undefined;
  return given && unprocessable('unsupported_field', `interactive.${given} can't go on ${label}`);
}

function checkMime(
  type: MediaKind,
  mime: string | undefined,
  mimes: string[] | undefined,
  label: string,
): Problem | undefined {
  const bare = mime?.split(';')[0]?.trim().toLowerCase();
  if (bare === undefined || mimes === undefined || mimes.includes(bare)) return undefined;
  return unprocessable('media_type', `${type} can't be ${bare}; ${label} takes ${mimes.join(', ')}`);
}

function graphemes(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}

function short(field: string, max: number): TextLimit {
  return { field, max, unit: 'characters' };
}
