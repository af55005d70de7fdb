import type { Body } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import { cannotSend, checkText, firstOf, unprocessable } from '../shared/limits.ts';
import {
  checkFile,
  checkInteractive,
  checkReaction,
  FILE_BYTES,
  IMAGE_BYTES,
  type MetaLimits,
} from '../shared/meta-limits.ts';
import { capabilities } from './capabilities.ts';
import { manifest } from './manifest.ts';

const limits: MetaLimits = {
  label: manifest.label,
  able: [
    'text',
    'image',
    'video',
    'audio',
    'document',
    'reaction',
    'interactive quick_replies, buttons, link_button or carousel',
  ],
  text: capabilities.text,
  files: {
    image: { max: IMAGE_BYTES, mimes: ['image/png', 'image/jpeg', 'image/gif'] },
    video: {
      max: FILE_BYTES,
      mimes: ['video/mp4', 'video/ogg', 'video/x-msvideo', 'video/quicktime', 'video/webm'],
    },
    audio: {
      max: FILE_BYTES,
      mimes: ['audio/aac', 'audio/mp4', 'audio/x-m4a', 'audio/wav', 'audio/x-wav', 'audio/wave'],
    },
    document: { max: FILE_BYTES, mimes: ['application/pdf'] },
  },
};

/** The limits of the Instagram messaging API: what Instagram would refuse is refused before it is stored. */
export function check(body: Body): Problem | undefined {
  switch (body.type) {
    case 'text':
      return checkText(body.text, { field: 'message', ...limits.text });
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return checkFile(body.type, body, limits);
    case 'reaction':
      return firstOf([checkReaction(body), checkLove(body.emoji)]);
    case 'interactive':
      return checkInteractive(body.interactive, body.text, limits);
    default:
      return cannotSend(limits.label, body.type, limits.able);
  }
}

/** `love` is the one reaction that is documented. */
function checkLove(emoji: string | null): Problem | undefined {
  const isLove = emoji === null || emoji.replace('\ufe0f', '') === '\u2764';
  return isLove ? undefined : unprocessable('invalid', 'reaction.emoji must be ❤ on Instagram');
}
