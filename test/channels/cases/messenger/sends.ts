import { REFERENCE, type SendCase } from '../cases.ts';
import { askedBy, contents, reactions } from '../meta/sends.ts';

const recipient = { id: '7244680335573821' };

const asked = askedBy({ path: '/v26.0/104523456789012/messages', token: 'EAAG-page', recipient });

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
  ...reactions(asked, 'm_Q', '😍'),
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
  asked(
    'a template with a header and buttons',
    {
      type: 'template',
      template: {
        name: 'order_shipped',
        language: 'en',
        header: { parameters: ['Order'] },
        buttons: [
          { index: 1, payload: 'ASK' },
          { index: 0, url: '42' },
        ],
      },
    },
    {
      messaging_type: 'UTILITY',
      message: {
        template: {
          name: 'order_shipped',
          language: { code: 'en' },
          components: [
            { type: 'header', parameters: [{ type: 'text', text: 'Order' }] },
            {
              type: 'buttons',
              parameters: [
                { type: 'URL', url: '42' },
                { type: 'POSTBACK', payload: 'ASK' },
              ],
            },
          ],
        },
        metadata: REFERENCE,
      },
    },
  ),
  asked(
    'a silent text of a persona',
    { type: 'text', text: 'hi' },
    {
      messaging_type: 'UPDATE',
      notification_type: 'SILENT_PUSH',
      persona_id: '77',
      message: { text: 'hi', metadata: REFERENCE },
    },
    { options: { messaging_type: 'UPDATE', notification_type: 'SILENT_PUSH', persona_id: '77' } },
  ),
  asked(
    'an answer of a person',
    { type: 'text', text: 'hi' },
    { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT', message: { text: 'hi', metadata: REFERENCE } },
    { options: { tag: 'HUMAN_AGENT' } },
  ),
];
