import type { Body, Interactive, Media, MediaKind, Template } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import {
  cannotSend,
  checkChoices,
  checkContacts,
  checkCount,
  checkLink,
  checkPlace,
  checkSize,
  checkText,
  checkUnique,
  checkUrl,
  firstOf,
  unprocessable,
  type TextLimit,
} from '../shared/limits.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';

const ABLE = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'template',
  'interactive buttons, quick_replies, list or link_button',
] as const;

const MB = 1024 * 1024;

/** Types and sizes Meta takes ("Media"); a document may be of any type. */
const files: Record<MediaKind, { max: number; mimes?: string[] }> = {
  image: { max: 5 * MB, mimes: ['image/jpeg', 'image/png'] },
  video: { max: 16 * MB, mimes: ['video/mp4', 'video/3gpp'] },
  audio: { max: 16 * MB, mimes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'] },
  document: { max: 100 * MB },
  sticker: { max: 500 * 1024, mimes: ['image/webp'] },
};

/** The limits of section "Messages" of the Cloud API: what WhatsApp would refuse is refused before it is stored. */
export function check(body: Body): Problem | undefined {
  switch (body.type) {
    case 'text':
      return checkText(body.text, { field: 'message', ...capabilities.text });
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return checkFile(body.type, body.media, body.text);
    case 'location':
      return checkPlace(body);
    case 'contacts':
      return checkContacts(body.contacts);
    case 'reaction':
      return firstOf([checkText(body.target, short('reaction.target', 512)), checkEmoji(body.emoji)]);
    case 'template':
      return checkTemplate(body.template);
    case 'interactive':
      return checkInteractive(body.interactive, body.text);
    default:
      return cannotSend(manifest.label, body.type, ABLE);
  }
}

function checkFile(type: MediaKind, media: Media, caption: string | undefined): Problem | undefined {
  const { max, mimes } = files[type];
  return firstOf([
    checkLink(media),
    checkMime(type, media.mime, mimes),
    checkSize(media, type === 'sticker' && media.animated === false ? 100 * 1024 : max),
    checkCaption(type, caption),
  ]);
}

function checkMime(type: MediaKind, mime: string | undefined, mimes: string[] | undefined): Problem | undefined {
  const bare = mime?.split(';')[0]?.trim().toLowerCase();
  if (bare === undefined || mimes === undefined || mimes.includes(bare)) return undefined;
  return unprocessable('media_type', `${type} can't be ${bare}; WhatsApp takes ${mimes.join(', ')}`);
}

function checkCaption(type: MediaKind, caption: string | undefined): Problem | undefined {
  if (type !== 'audio' && type !== 'sticker') return checkText(caption, { ...short('message', 1024), optional: true });
  if (!caption) return undefined;
  return unprocessable('no_caption', `message can't go with ${type} on WhatsApp`, 'Send the text as its own message');
}

/** Values with line breaks, tabs or four spaces in a row are refused by Meta with 132012. */
function checkTemplate({ name, language, parameters }: Template): Problem | undefined {
  const values = Object.entries(parameters ?? {});
  return firstOf([
    /^[a-z0-9_]{1,512}$/.test(name) ? undefined : unprocessable('invalid', 'template.name must be a-z, 0-9 and _'),
    /^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(language)
      ? undefined
      : unprocessable('invalid', 'template.language must look like en or en_US'),
    ...values.map(([key, value]) => checkValue(`template.parameters.${key}`, value)),
  ]);
}

function checkValue(field: string, value: string): Problem | undefined {
  if (/[\n\r\t]| {4}/.test(value)) {
    return unprocessable('invalid', `${field} must not hold line breaks, tabs or four spaces in a row`);
  }
  return checkText(value, short(field, 1024));
}

function checkEmoji(emoji: string | null): Problem | undefined {
  const one = emoji === null || [...new Intl.Segmenter().segment(emoji)].length === 1;
  if (one && (emoji === null || /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20e3/u.test(emoji)))
    return undefined;
  return unprocessable('invalid', 'reaction.emoji must be one emoji');
}

function checkInteractive(interactive: Interactive, text: string | undefined): Problem | undefined {
  switch (interactive.kind) {
    case 'buttons':
    case 'quick_replies':
      return firstOf([checkText(text, short('message', 1024)), checkButtons(interactive), checkFrame(interactive)]);
    case 'list':
      return firstOf([checkText(text, short('message', 4096)), checkList(interactive), checkFrame(interactive)]);
    case 'link_button':
      return firstOf([
        checkText(text, short('message', 1024)),
        checkText(interactive.link.title, short('interactive.link.title', 20)),
        checkUrl('interactive.link.url', interactive.link.url),
        checkFrame(interactive),
      ]);
    case 'carousel':
    case 'reply':
      return cannotSend(manifest.label, `interactive ${interactive.kind}`, ABLE);
  }
}

function checkButtons({ buttons }: Extract<Interactive, { kind: 'buttons' | 'quick_replies' }>): Problem | undefined {
  const field = 'interactive.buttons';
  return firstOf([
    checkCount(field, buttons.length, 1, 3),
    checkChoices(field, buttons, short('id', 256), short('title', 20)),
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
function checkList({ button, sections }: Extract<Interactive, { kind: 'list' }>): Problem | undefined {
  const rows = sections.flatMap((section) => section.rows);
  return firstOf([
    checkText(button, short('interactive.button', 20)),
    checkCount('interactive.sections', sections.length, 1, 10),
    checkCount('interactive.sections rows', rows.length, 1, 10),
    ...sections.map((section, index) => checkCount(`interactive.sections[${index}].rows`, section.rows.length, 1, 10)),
    ...sections.map((section, index) =>
      checkText(section.title, {
        ...short(`interactive.sections[${index}].title`, 24),
        optional: sections.length === 1,
      }),
    ),
    checkChoices('interactive.sections rows', rows, short('id', 200), short('title', 24)),
    ...rows.map((row, index) =>
      checkText(row.description, {
        ...short(`interactive.sections rows[${index}].description`, 72),
        optional: true,
      }),
    ),
    checkUnique(
      'interactive.sections rows',
      rows.map((row) => row.id),
    ),
  ]);
}

function checkFrame(interactive: Interactive): Problem | undefined {
  const header = 'header' in interactive ? interactive.header : undefined;
  const footer = 'footer' in interactive ? interactive.footer : undefined;
  return firstOf([
    checkText(header, { ...short('interactive.header', 60), optional: true }),
    checkText(footer, { ...short('interactive.footer', 60), optional: true }),
  ]);
}

function short(field: string, max: number): TextLimit {
  return { field, max, unit: 'characters' };
}
