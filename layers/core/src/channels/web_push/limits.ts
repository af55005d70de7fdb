import type { Body, Choice, Interactive } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import {
  cannotSend,
  checkChoices,
  checkCount,
  checkLink,
  checkText,
  checkUnique,
  checkUrl,
  firstOf,
} from '../shared/limits.ts';
import { contentOf } from './content.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';

const ABLE = ['text', 'image', 'interactive buttons, quick_replies or link_button'] as const;

const MESSAGE = { field: 'message', ...capabilities.text };
const HEADER = { max: 100, unit: 'characters', optional: true } as const;
const TITLE = { max: 40, unit: 'characters' } as const;
/** `Notification.maxActions` of Chrome and Edge; more would not be shown. */
const MOST_ACTIONS = 2;

/**
 * Everything a message brings, as JSON. With what the account and the reference add it stays within 2800 bytes: Firefox for Android gets nothing
 * larger, though the push services of other browsers take 3993.
 */
const WHOLE = { field: 'message with header, buttons and links', max: 1700, unit: 'bytes' } as const;

export function check(body: Body): Problem | undefined {
  switch (body.type) {
    case 'text':
      return firstOf([checkText(body.text, MESSAGE), checkWhole(body)]);
    case 'image':
      return firstOf([checkLink(body.media), checkText(body.text, { ...MESSAGE, optional: true }), checkWhole(body)]);
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
      return firstOf([
        checkText(text, MESSAGE),
        checkText(interactive.header, { field: 'interactive.header', ...HEADER }),
        checkButtons(interactive.buttons),
        checkWhole(body),
      ]);
    case 'quick_replies':
      return firstOf([checkText(text, MESSAGE), checkButtons(interactive.buttons), checkWhole(body)]);
    case 'link_button':
      return firstOf([
        checkText(text, MESSAGE),
        checkText(interactive.header, { field: 'interactive.header', ...HEADER }),
        checkText(interactive.link.title, { field: 'interactive.link.title', ...TITLE }),
        checkUrl('interactive.link.url', interactive.link.url),
        checkWhole(body),
      ]);
    case 'list':
    case 'carousel':
    case 'reply':
      return cannotSend(manifest.label, `interactive ${interactive.kind}`, ABLE);
  }
}

function checkButtons(buttons: Choice[]): Problem | undefined {
  const field = 'interactive.buttons';
  return firstOf([
    checkCount(field, buttons.length, 1, MOST_ACTIONS),
    checkChoices(field, buttons, { field, max: 256, unit: 'bytes' }, { field, ...TITLE }),
    checkUnique(
      `${field}.id`,
      buttons.map(({ id }) => id),
    ),
  ]);
}

/** Counted as it is sent: a quotation mark takes two bytes of JSON, a control sign six. */
function checkWhole(body: Body): Problem | undefined {
  return checkText(JSON.stringify(contentOf(body)), WHOLE);
}
