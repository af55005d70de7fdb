import type { Body, HeaderFile, Media, MediaKind, Template } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import {
  ableOf,
  cannotSend,
  checkContacts,
  checkLink,
  checkPlace,
  checkReaction,
  checkSize,
  checkTemplateName,
  checkText,
  checkType,
  checkUnique,
  firstOf,
  inCharacters,
  unprocessable,
} from '../shared/limits.ts';
import { capabilities } from './capabilities.ts';
import { checkInteractive } from './interactive-limits.ts';
import { manifest } from './manifest.ts';
import { wordsOf } from './request.ts';

const ABLE = ableOf(capabilities);

const STILL_STICKER_BYTES = 100 * 1024;

/** The limits of section "Messages" of the Cloud API: what WhatsApp would refuse is refused before it is stored. Texts count as WhatsApp writes their formatting. */
export function check(body: Body): Problem | undefined {
  switch (body.type) {
    case 'text':
      return checkText(wordsOf(body), { field: 'message', ...capabilities.text });
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return firstOf([checkFile(body.type, body.media), checkCaption(body.type, wordsOf(body))]);
    case 'location':
      return checkPlace(body);
    case 'contacts':
      return checkContacts(body.contacts, capabilities.contacts);
    case 'reaction':
      return checkReaction(body);
    case 'template':
      return checkTemplate(body.template);
    case 'interactive':
      return checkOffer(body);
    default:
      return cannotSend(manifest.label, body.type, ABLE);
  }
}

function checkOffer(body: Extract<Body, { type: 'interactive' }>): Problem | undefined {
  const { interactive } = body;
  if (interactive.kind === 'reply') return cannotSend(manifest.label, 'interactive reply', ABLE);
  const file = 'file' in interactive ? interactive.file : undefined;
  return firstOf([
    checkInteractive(interactive, wordsOf(body)),
    file && checkHeaderFile('interactive.file', file),
    file && 'header' in interactive && interactive.header
      ? unprocessable('invalid', "interactive.header can't go with interactive.file: one of them is shown")
      : undefined,
  ]);
}

function checkFile(type: MediaKind, media: Media): Problem | undefined {
  const { types = [], maxBytes = 0 } = capabilities.media[type] ?? {};
  const still = type === 'sticker' && media.animated === false;
  return firstOf([
    checkLink(media),
    checkType(type, media, types, manifest.label),
    checkSize(media, still ? STILL_STICKER_BYTES : maxBytes),
  ]);
}

/** The same rules under the name that the caller gave. */
function checkHeaderFile(field: string, { type, media }: HeaderFile): Problem | undefined {
  const problem = checkFile(type, media);
  return problem && { ...problem, message: problem.message.replace(/^media_url/, `${field}.url`) };
}

function checkCaption(type: MediaKind, caption: string): Problem | undefined {
  if (capabilities.media[type]?.caption)
    return checkText(caption, { ...inCharacters('message', capabilities.caption?.max ?? 0), optional: true });
  if (!caption) return undefined;
  return unprocessable('no_caption', `message can't go with ${type} on WhatsApp`, 'Send the text as its own message');
}

/** Values with line breaks, tabs or four spaces in a row are refused by Meta with 132012. */
function checkTemplate(template: Template): Problem | undefined {
  const { parameters, header, buttons = [] } = template;
  return firstOf([
    checkTemplateName(template),
    ...checkValues('template.parameters', parameters, 1024),
    header && checkHeader(header),
    checkUnique(
      'template.buttons',
      buttons.map(({ index }) => String(index)),
    ),
    ...buttons.map(({ code }, index) =>
      code === undefined ? undefined : checkText(code, inCharacters(`template.buttons[${index}].code`, 20)),
    ),
  ]);
}

function checkHeader(header: NonNullable<Template['header']>): Problem | undefined {
  if ('parameters' in header) return firstOf(checkValues('template.header.parameters', header.parameters, 60));
  if ('media' in header) return checkHeaderFile('template.header', header);
  return checkPlace({ type: 'location', ...header });
}

function checkValues(field: string, values: Template['parameters'], max: number): (Problem | undefined)[] {
  return Object.entries(values ?? {}).map(([key, value]) => checkValue(`${field}.${key}`, value, max));
}

function checkValue(field: string, value: string, max: number): Problem | undefined {
  if (/[\n\r\t]| {4}/.test(value)) {
    return unprocessable('invalid', `${field} must not hold line breaks, tabs or four spaces in a row`);
  }
  return checkText(value, inCharacters(field, max));
}
