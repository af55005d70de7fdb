import type { Body } from '@parley/core/domain/body.ts';
import { REFERENCE, type SendCase } from '../cases.ts';
import { contents } from '../meta/sends.ts';

const recipient = { id: '7244680335573821' };

function asked(name: string, body: Body, request: object, more: Partial<SendCase> = {}): SendCase {
  return {
    name,
    body,
    ...more,
    request: {
      method: 'POST',
      path: '/v26.0/104523456789012/messages',
      headers: { authorization: 'Bearer EAAG-page', 'content-type': 'application/json' },
      body: { recipient, ...request },
    },
  };
}

export const sends: SendCase[] = [
  ...contents.map(({ name, body, message }) =>
    asked(name, body, { messaging_type: 'RESPONSE', message: { ...message, metadata: REFERENCE } }),
  ),
  asked(
    'a reply',
    { type: 'text', text: 'نعم' },
    { messaging_type: 'RESPONSE', message: { text: 'نعم', metadata: REFERENCE }, reply_to: { mid: 'm_Q' } },
    { replyTo: 'm_Q' },
  ),
  asked(
    'a reaction',
    { type: 'reaction', emoji: '😍', target: 'm_Q' },
    { sender_action: 'react', payload: { message_id: 'm_Q', reaction: '😍' } },
  ),
  asked(
    'a reaction taken back',
    { type: 'reaction', emoji: null, target: 'm_Q' },
    { sender_action: 'unreact', payload: { message_id: 'm_Q' } },
  ),
  asked(
    'a template',
    { type: 'template', template: { name: 'order_update', language: 'ar', parameters: ['42', 'جاهز'] } },
    {
      messaging_type: 'UTILITY',
      message: {
        template: {
          name: 'order_update',
          language: { code: 'ar' },
          components: [
            {
              type: 'body',
              parameters: [
                { type: 'text', text: '42' },
                { type: 'text', text: 'جاهز' },
              ],
            },
          ],
        },
        metadata: REFERENCE,
      },
    },
  ),
  asked(
    'a template with names',
    { type: 'template', template: { name: 'hello', language: 'en', parameters: { who: 'Mona' } } },
    {
      messaging_type: 'UTILITY',
      message: {
        template: {
          name: 'hello',
          language: { code: 'en' },
          components: [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'who', text: 'Mona' }] }],
        },
        metadata: REFERENCE,
      },
    },
  ),
];
