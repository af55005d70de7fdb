import type { Json } from '../../json.ts';
import { recordAt, recordsAt, textAt } from '../json.ts';
import type { PhoneBody } from '../phone-body.ts';
import type { Product } from './product.ts';
import { payloadOf } from './templates.ts';

const kinds: Record<string, 'image' | 'video' | 'audio' | 'document'> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  file: 'document',
};

/** A sent message as the customer's phone shows it. `file`: where its attachment is. */
export function displayOf(message: Json, product: Product, file: string | undefined): PhoneBody {
  const type = kinds[textAt(recordAt(message, 'attachment'), 'type') ?? ''];
  if (type) return { type, ...(file && { url: file }) };
  if (message['template'] !== undefined) return templateBody(recordAt(message, 'template'), product);
  if (message['attachment'] !== undefined) return offer(payloadOf(message));
  const text = textAt(message, 'text') ?? '';
  const choices = recordsAt(message, 'quick_replies').map(choiceOf);
  return choices.length > 0 ? { type: 'interactive', text, choices, links: [] } : { type: 'text', text };
}

function templateBody(template: Json, product: Product): PhoneBody {
  const language = textAt(recordAt(template, 'language'), 'code') ?? '';
  const name = textAt(template, 'name') ?? '';
  return { type: 'template', name, language, text: product.shownTemplate(template), choices: [], links: [] };
}

/** Cards are shown one below the other, their buttons together. */
function offer(payload: Json): PhoneBody {
  const cards = recordsAt(payload, 'elements');
  const lines = cards.flatMap((card) => [textAt(card, 'title'), textAt(card, 'subtitle')]);
  const buttons = [payload, ...cards].flatMap((one) => recordsAt(one, 'buttons'));
  return {
    type: 'interactive',
    text: textAt(payload, 'text') ?? lines.filter((line) => line !== undefined).join('\n'),
    choices: buttons.filter(({ type }) => type === 'postback').map(choiceOf),
    links: buttons
      .filter(({ type }) => type !== 'postback')
      .map((button) => ({
        title: textAt(button, 'title') ?? '',
        url: textAt(button, 'url') ?? `tel:${textAt(button, 'payload')}`,
      })),
  };
}

function choiceOf(button: Json): { id: string; title: string } {
  return { id: textAt(button, 'payload') ?? '', title: textAt(button, 'title') ?? '' };
}
