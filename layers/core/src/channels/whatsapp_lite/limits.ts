import type { Body, Media, MediaKind } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import {
  ableOf,
  cannotSend,
  checkContacts,
  checkLink,
  checkPlace,
  checkReaction,
  checkSize,
  checkText,
  checkType,
  firstOf,
  unprocessable,
} from '../shared/limits.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';

const ABLE = ableOf(capabilities);
const MESSAGE = { field: 'message', ...capabilities.text };

/** The one published limit is the text's; the caption of a file is the same field. */
export function check(body: Body): Problem | undefined {
  switch (body.type) {
    case 'text':
      return checkText(body.text, MESSAGE);
    case 'template':
      return body.text === undefined ? cannotSend(manifest.label, body.type, ABLE) : checkText(body.text, MESSAGE);
    case 'image':
    case 'video':
    case 'document':
      return firstOf([checkFile(body.type, body.media), checkText(body.text, { ...MESSAGE, optional: true })]);
    case 'audio':
      return checkAudio(body.media, body.text);
    case 'location':
      return checkPlace(body);
    case 'contacts':
      return checkContacts(body.contacts, capabilities.contacts);
    case 'reaction':
      return checkReaction(body);
    default:
      return cannotSend(manifest.label, body.type, ABLE);
  }
}

function checkAudio(media: Media, caption: string | undefined): Problem | undefined {
  const captioned = caption
    ? unprocessable('no_caption', "message can't go with audio on WhatsApp", 'Send the text as its own message')
    : undefined;
  return firstOf([checkFile('audio', media), captioned]);
}

function checkFile(kind: MediaKind, media: Media): Problem | undefined {
  const { types = [], maxBytes = 0 } = capabilities.media[kind] ?? {};
  return firstOf([checkLink(media), checkType(kind, media, types, manifest.label), checkSize(media, maxBytes)]);
}
