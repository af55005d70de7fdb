import type { Body, Choice, ContactCard, Entity, Interactive, Media, MediaKind } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import {
  ableOf,
  cannotSend,
  checkChoices,
  checkContacts,
  checkCount,
  checkLink,
  checkPlace,
  checkSize,
  checkText,
  checkType,
  checkUrl,
  firstOf,
  unprocessable,
} from '../shared/limits.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';
import { plainEmoji, reactions } from './reactions.ts';
import { isTappable, textOfInteractive, type Tappable } from './keyboard.ts';
import { checkOptions } from './option-limits.ts';
import type { Options } from './options.ts';
import { numberOf } from './target.ts';

const ABLE = ableOf(capabilities);

const MESSAGE = { field: 'message', ...capabilities.text };
const CAPTION = { field: 'message', ...capabilities.caption, optional: true };
const { count: MOST_BUTTONS, title: TITLE } = capabilities.interactive.buttons;

/** The Bot API's limits: what Telegram would refuse is refused before it is stored. */
export function check(body: Body, options: Options = {}): Problem | undefined {
  return checkBody(body) ?? checkOptions(body, options);
}

function checkBody(body: Body): Problem | undefined {
  switch (body.type) {
    case 'text':
      return firstOf([checkText(body.text, MESSAGE), checkEntities(body.text, body.entities)]);
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return checkFile(body.type, body.media, body.text, body.entities);
    case 'location':
      return checkPlace(body);
    case 'contacts':
      return checkContact(body.contacts);
    case 'reaction':
      return checkReaction(body);
    case 'interactive':
      return checkInteractive(body.interactive, body.text, body.entities);
    default:
      return cannotSend(manifest.label, body.type, ABLE);
  }
}

/** A sticker has no caption. */
function checkFile(type: MediaKind, media: Media, caption?: string, entities?: Entity[]): Problem | undefined {
  const text = caption ?? '';
  return firstOf([
    checkLink(media),
    checkType(type, media, capabilities.media[type]?.types ?? [], manifest.label),
    checkSize(media, capabilities.media[type]?.maxBytes ?? 0),
    type === 'sticker' && text ? noCaption() : checkText(text, CAPTION),
    checkEntities(text, entities),
  ]);
}

function noCaption(): Problem {
  return unprocessable('no_caption', "message can't go with a sticker on Telegram", 'Send the text as its own message');
}

/** Offsets and lengths are UTF-16 units and must lie inside the text. */
function checkEntities(text: string, entities: Entity[] = []): Problem | undefined {
  return firstOf(
    entities.map(({ type, offset, length, url }, index) => {
      const field = `entities[${index}]`;
      const whole = Number.isInteger(offset) && Number.isInteger(length);
      const inside = whole && offset >= 0 && length >= 1 && offset + length <= text.length;
      if (!inside || cutsCharacter(text, offset) || cutsCharacter(text, offset + length)) {
        return unprocessable(
          'invalid_entity',
          `${field} must lie inside the text's ${text.length} UTF-16 units and split no character`,
        );
      }
      return type === 'text_link' ? checkUrl(`${field}.url`, url) : undefined;
    }),
  );
}

/** Between the two halves of a surrogate pair. */
function cutsCharacter(text: string, place: number): boolean {
  return place > 0 && place < text.length && (text.codePointAt(place - 1) ?? 0) > 0xffff;
}

/** One card per message, and it must have a number. */
function checkContact(contacts: ContactCard[]): Problem | undefined {
  const phones = contacts.map((contact, index) => checkCount(`contacts[${index}].phones`, contact.phones.length, 1, 1));
  const vcards = contacts.map((contact, index) =>
    checkText(contact.vcard, { field: `contacts[${index}].vcard`, max: 2048, unit: 'bytes', optional: true }),
  );
  return firstOf([checkContacts(contacts, 1), ...phones, ...vcards]);
}

function checkReaction({ emoji, target }: Extract<Body, { type: 'reaction' }>): Problem | undefined {
  if (numberOf(target) === undefined)
    return unprocessable('invalid', "reaction.message_id must be a Telegram message's id");
  if (emoji === null || reactions.includes(plainEmoji(emoji))) return undefined;
  return unprocessable(
    'unsupported_reaction',
    "reaction.emoji must be one of Telegram's reactions",
    reactions.join(' '),
  );
}

function checkInteractive(interactive: Interactive, text = '', entities?: Entity[]): Problem | undefined {
  if (!isTappable(interactive) && interactive.kind !== 'location_request') {
    return cannotSend(manifest.label, `interactive ${interactive.kind}`, ABLE);
  }
  const file = 'file' in interactive ? interactive.file : undefined;
  const whole = { ...(file ? CAPTION : MESSAGE), field: 'message with header, rows and footer' };
  return firstOf([
    checkText(text, MESSAGE),
    checkText(textOfInteractive(interactive, text), whole),
    file && checkFile(file.type, file.media),
    checkEntities(text, entities),
    isTappable(interactive) ? checkKeyboard(interactive) : undefined,
  ]);
}

function checkKeyboard(interactive: Tappable): Problem | undefined {
  switch (interactive.kind) {
    case 'link_button':
      return firstOf([
        checkText(interactive.link.title, { field: 'interactive.link.title', ...TITLE }),
        checkUrl('interactive.link.url', interactive.link.url),
      ]);
    case 'list':
      return firstOf([
        ...interactive.sections.map(({ rows }, index) => checkButtons(`interactive.sections[${index}].rows`, rows)),
        checkKeys(
          'interactive.sections rows',
          interactive.sections.flatMap(({ rows }) => rows),
        ),
      ]);
    case 'buttons':
    case 'quick_replies':
      return firstOf([
        checkKeys('interactive.buttons', interactive.buttons),
        checkButtons('interactive.buttons', interactive.buttons),
      ]);
  }
}

/** `callback_data` is counted in bytes. */
function checkButtons(field: string, buttons: Choice[]): Problem | undefined {
  return checkChoices(field, buttons, { max: 64, unit: 'bytes' }, TITLE);
}

/** The number and total size of buttons are what servers were seen to take. */
function checkKeys(field: string, buttons: Choice[]): Problem | undefined {
  return firstOf([
    checkCount(field, buttons.length, 1, MOST_BUTTONS),
    checkText(JSON.stringify(buttons), { field: `${field} together`, max: 10_000, unit: 'bytes' }),
  ]);
}
