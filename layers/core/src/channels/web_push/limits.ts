import type { Body, Choice, Interactive } from '../../domain/body.ts';
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
  checkUrl,
  firstOf,
  notWith,
  unprocessable,
} from '../shared/limits.ts';
import { contentOf } from './content.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';
import type { Options } from './options.ts';
import { shownBy } from './request.ts';

const ABLE = ableOf(capabilities);

const MESSAGE = { field: 'message', ...capabilities.text };
const IMAGE = capabilities.media.image;
const HEADER = { max: 100, unit: 'characters', optional: true } as const;
const { count: MOST_ACTIONS, title: TITLE } = capabilities.interactive.buttons;

/**
 * Everything a message brings, as JSON. With what the account and the reference add it stays within 2800 bytes: Firefox for Android gets nothing
 * larger, though the push services of other browsers take 3993.
 */
const WHOLE = { field: 'message with header, buttons, links and options', max: 1700, unit: 'bytes' } as const;

/** What push services carry and browsers show. */
export function check(body: Body, options: Options = {}): Problem | undefined {
  return checkBody(body) ?? checkOptions(body, options) ?? checkWhole(body, options);
}

function checkBody(body: Body): Problem | undefined {
  switch (body.type) {
    case 'text':
      return checkText(body.text, MESSAGE);
    case 'image':
      return firstOf([
        checkLink(body.media),
        checkType(body.type, body.media, IMAGE.types, manifest.label),
        checkSize(body.media, IMAGE.maxBytes),
        checkText(body.text, { ...MESSAGE, optional: true }),
      ]);
    case 'interactive':
      return checkInteractive(body, body.interactive);
    default:
      return cannotSend(manifest.label, body.type, ABLE);
  }
}

function checkInteractive(body: Extract<Body, { type: 'interactive' }>, interactive: Interactive): Problem | undefined {
  const { text } = body;
  switch (interactive.kind) {
    case 'buttons':
      return firstOf([checkText(text, MESSAGE), checkFrame(interactive), checkButtons(interactive.buttons)]);
    case 'quick_replies':
      return firstOf([checkText(text, MESSAGE), checkButtons(interactive.buttons)]);
    case 'link_button':
      return firstOf([
        checkText(text, MESSAGE),
        checkFrame(interactive),
        checkText(interactive.link.title, { field: 'interactive.link.title', ...TITLE }),
        checkUrl('interactive.link.url', interactive.link.url),
      ]);
    case 'list':
    case 'carousel':
    case 'location_request':
    case 'reply':
      return cannotSend(manifest.label, `interactive ${interactive.kind}`, ABLE);
  }
}

function checkFrame({ header, file }: Extract<Interactive, { kind: 'buttons' | 'link_button' }>): Problem | undefined {
  if (file) return unprocessable('unsupported_field', "interactive.file can't go with buttons on Web push", FILE_HINT);
  return checkText(header, { field: 'interactive.header', ...HEADER });
}

const FILE_HINT = 'Give the picture as options.image';

function checkButtons(buttons: Choice[]): Problem | undefined {
  const field = 'interactive.buttons';
  return firstOf([
    checkCount(field, buttons.length, 1, MOST_ACTIONS),
    checkChoices(field, buttons, { max: 256, unit: 'bytes' }, TITLE),
    checkUnique(
      `${field}.id`,
      buttons.map(({ id }) => id),
    ),
  ]);
}

/** What a browser would refuse, or show otherwise than meant. */
function checkOptions(body: Body, { renotify, tag, image, url }: Options): Problem | undefined {
  if (renotify && tag === undefined) return notWith('renotify', 'options.tag');
  if (image !== undefined && body.type === 'image') return notWith('image', 'a message without a picture of its own');
  const hasLink = body.type === 'interactive' && body.interactive.kind === 'link_button';
  return url !== undefined && hasLink ? notWith('url', 'a message without a link_button') : undefined;
}

/** Counted as it is sent: a quotation mark takes two bytes of JSON, a control sign six. */
function checkWhole(body: Body, options: Options): Problem | undefined {
  return checkText(JSON.stringify({ ...contentOf(body), ...shownBy(options) }), WHOLE);
}
