import type { Body, Choice, Interactive, LinkButton, Media, MediaKind } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import type { InteractiveLimit } from '../contract.ts';
import {
  ableOf,
  cannotSend,
  checkChoices,
  checkCount,
  checkLink,
  checkReaction,
  checkSize,
  checkText,
  checkType,
  checkUnique,
  checkUrl,
  firstOf,
  unprocessable,
} from './limits.ts';
import type { MetaCapabilities } from './meta-capabilities.ts';
import { titlesOf } from './meta-request.ts';

/** What one of Meta's messaging products takes. */
export interface MetaLimits {
  label: string;
  can: MetaCapabilities;
}

/** The limits that both products have: what Meta would refuse is refused before it is stored. */
export function checkBody(body: Body, limits: MetaLimits): Problem | undefined {
  switch (body.type) {
    case 'text':
      return checkText(body.text, { field: 'message', ...limits.can.text });
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return checkFile(body.type, body, limits);
    case 'reaction':
      return checkReaction(body);
    case 'interactive':
      return checkInteractive(body.interactive, body.text, limits);
    default:
      return cannot(body.type, limits);
  }
}

/** Meta's attachments have no caption. */
function checkFile(
  type: MediaKind,
  { media, text }: { media: Media; text?: string },
  limits: MetaLimits,
): Problem | undefined {
  const { label, can } = limits;
  const rule = can.media[type];
  if (!rule) return cannot(type, limits);
  return firstOf([
    checkLink(media),
    checkType(type, media, rule.types, label),
    checkSize(media, rule.maxBytes),
    text
      ? unprocessable('no_caption', `message can't go with ${type} on ${label}`, 'Send the text by itself')
      : undefined,
  ]);
}

function cannot(type: string, { label, can }: MetaLimits): Problem {
  return cannotSend(label, type, ableOf(can));
}

function checkInteractive(interactive: Interactive, text: string | undefined, limits: MetaLimits): Problem | undefined {
  const { label, can } = limits;
  switch (interactive.kind) {
    case 'quick_replies':
      return firstOf([
        checkText(text, { field: 'message', ...can.text }),
        checkButtons('interactive.buttons', interactive.buttons, 1, can.interactive.quick_replies),
      ]);
    case 'buttons':
      return firstOf([
        checkText(text, { field: 'message', ...can.interactive.buttons.text }),
        checkButtons('interactive.buttons', interactive.buttons, 1, can.interactive.buttons),
        checkFrame(interactive, label),
      ]);
    case 'link_button':
      return firstOf([
        checkText(text, { field: 'message', ...can.interactive.link_button.text }),
        checkWebUrl('interactive.link', interactive.link, can.interactive.link_button),
        checkFrame(interactive, label),
      ]);
    case 'carousel':
      return checkCarousel(interactive, text, limits);
    default:
      return cannot(`interactive ${interactive.kind}`, limits);
  }
}

type Carousel = Extract<Interactive, { kind: 'carousel' }>;

function checkCarousel({ cards }: Carousel, text: string | undefined, { label, can }: MetaLimits): Problem | undefined {
  return firstOf([
    text
      ? unprocessable(
          'no_text',
          `message can't go with a carousel on ${label}`,
          'Send the text by itself, before the carousel',
        )
      : undefined,
    checkCount('interactive.cards', cards.length, 1, can.interactive.carousel.count),
    ...cards.map((card, index) => checkCard(card, `interactive.cards[${index}]`, can)),
  ]);
}

/** A title alone is no card: something has to stand beside it. */
function checkCard(
  { text, image, buttons = [], link }: Carousel['cards'][number],
  field: string,
  { interactive: { buttons: few, link_button: one, carousel } }: MetaCapabilities,
): Problem | undefined {
  const { title, subtitle } = titlesOf(text);
  const beside = subtitle !== undefined || image !== undefined || buttons.length > 0 || link !== undefined;
  return firstOf([
    checkText(title, { ...carousel.title, field: `${field}.text (first line)` }),
    checkText(subtitle, { ...carousel.title, field: `${field}.text (below the first line)`, optional: true }),
    image === undefined ? undefined : checkUrl(`${field}.image`, image),
    checkCount(`${field}.buttons with link`, buttons.length + (link ? 1 : 0), 0, few.count),
    checkButtons(`${field}.buttons`, buttons, 0, few),
    link ? checkWebUrl(`${field}.link`, link, one) : undefined,
    beside
      ? undefined
      : unprocessable('too_few', `${field} needs an image, a second line or a button beside its title`),
  ]);
}

function checkButtons(field: string, buttons: Choice[], min: number, limit: InteractiveLimit): Problem | undefined {
  return firstOf([
    checkCount(field, buttons.length, min, limit.count),
    checkChoices(field, buttons, { max: 1000, unit: 'characters' }, limit.title),
    checkUnique(
      field,
      buttons.map(({ id }) => id),
    ),
  ]);
}

function checkWebUrl(field: string, { title, url }: LinkButton, limit: InteractiveLimit): Problem | undefined {
  return firstOf([checkText(title, { ...limit.title, field: `${field}.title` }), checkUrl(`${field}.url`, url)]);
}

/** What stands around the words of a question elsewhere. */
interface Frame {
  header?: string;
  file?: object;
  footer?: string;
}

function checkFrame(frame: Frame, label: string): Problem | undefined {
  const given = (['header', 'file', 'footer'] as const).find((part) => frame[part]);
  return given && unprocessable('unsupported_field', `interactive.${given} can't go on ${label}`);
}
