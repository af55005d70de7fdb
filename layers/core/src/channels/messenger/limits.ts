import type { Body, Template } from '../../domain/body.ts';
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
    'template',
    'interactive quick_replies, buttons, link_button or carousel',
  ],
  text: capabilities.text,
  files: {
    image: { max: IMAGE_BYTES },
    video: { max: FILE_BYTES },
    audio: { max: FILE_BYTES },
    document: { max: FILE_BYTES },
  },
};

/** The limits of the Send API: what Messenger would refuse is refused before it is stored. */
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
      return checkReaction(body);
    case 'template':
      return checkTemplate(body.template);
    case 'interactive':
      return checkInteractive(body.interactive, body.text, limits);
    default:
      return cannotSend(limits.label, body.type, limits.able);
  }
}

/** Utility templates are named and worded as WhatsApp's are. */
function checkTemplate({ name, language, parameters }: Template): Problem | undefined {
  return firstOf([
    /^[a-z0-9_]{1,512}$/.test(name) ? undefined : unprocessable('invalid', 'template.name must be a-z, 0-9 and _'),
    /^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(language)
      ? undefined
      : unprocessable('invalid', 'template.language must look like en or en_US'),
    ...Object.entries(parameters ?? {}).map(([key, value]) =>
      checkText(value, { field: `template.parameters.${key}`, max: 1024, unit: 'characters' }),
    ),
  ]);
}
