import type { Body, Interactive } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import {
  ableOf,
  cannotSend,
  checkChoices,
  checkCount,
  checkLink,
  checkSize,
  checkText,
  checkType,
  checkUnique,
  firstOf,
  notWith,
  unprocessable,
} from '../shared/limits.ts';
import { buttonsOf, postIdOf } from './content.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';
import type { Options } from './options.ts';
import { fitsButtonCard } from './request.ts';

const ABLE = [...ableOf(capabilities), 'video (a post of yours)'];
const PICTURE = capabilities.media.image;
const CARD = capabilities.interactive.buttons;

/** The limits of TikTok's messages: what TikTok would refuse is refused before it is stored. */
export function check(body: Body, options: Options = {}): Problem | undefined {
  return checkBody(body, options) ?? checkOptions(body, options);
}

/** Some options are about one kind of message only. */
function checkOptions(body: Body, { template_type, item_id }: Options): Problem | undefined {
  if (item_id !== undefined && body.type !== 'video') return notWith('item_id', 'a video');
  if (template_type === undefined) return undefined;
  const buttons = body.type === 'interactive' ? buttonsOf(body.interactive) : undefined;
  if (!buttons) return notWith('template_type', 'buttons');
  const fits = template_type !== 'QA_BUTTON_CARD' || buttons.every(fitsButtonCard);
  return fits
    ? undefined
    : unprocessable('too_long', 'interactive.buttons have at most 20 characters each on a QA_BUTTON_CARD');
}

function checkBody(body: Body, { item_id }: Options): Problem | undefined {
  switch (body.type) {
    case 'text':
      return checkText(body.text, { field: 'message', ...capabilities.text });
    case 'image':
      return firstOf([
        checkLink(body.media),
        checkType(body.type, body.media, PICTURE.types, manifest.label),
        checkSize(body.media, PICTURE.maxBytes),
        bare(body),
      ]);
    case 'video':
      return firstOf([checkPost(body.media.link, item_id), bare(body)]);
    case 'interactive':
      return checkCard(body.interactive, body.text);
    default:
      return cannotSend(manifest.label, body.type, ABLE);
  }
}

function checkPost(link: string | undefined, named: string | undefined): Problem | undefined {
  if (named !== undefined || postIdOf(link) !== undefined) return undefined;
  return unprocessable(
    'unsupported_type',
    'media_url must be the address of a TikTok post of yours: TikTok takes no video files',
    'For example https://www.tiktok.com/@shop/video/7301234567890123456',
  );
}

function bare({ type, text }: { type: string; text?: string }): Problem | undefined {
  if (!text) return undefined;
  return unprocessable('no_caption', `message can't go with ${type} on TikTok`, 'Send the text as its own message');
}

function checkCard(interactive: Interactive, title: string | undefined): Problem | undefined {
  const buttons = buttonsOf(interactive);
  if (!buttons) return cannotSend(manifest.label, `interactive ${interactive.kind}`, ABLE);
  return firstOf([
    checkText(title, { field: 'message', ...CARD.text }),
    checkFrame(interactive),
    checkCount('interactive.buttons', buttons.length, 1, CARD.count),
    checkUnique(
      'interactive.buttons',
      buttons.map((button) => button.id),
    ),
    checkChoices('interactive.buttons', buttons, { max: 40, unit: 'utf16' }, CARD.title),
  ]);
}

function checkFrame(interactive: Interactive): Problem | undefined {
  if (interactive.kind !== 'buttons') return undefined;
  const field = (['header', 'file', 'footer'] as const).find((part) => interactive[part] !== undefined);
  return (
    field &&
    unprocessable('unsupported_field', `interactive.${field} can't go on TikTok`, 'A card has a title and buttons')
  );
}
