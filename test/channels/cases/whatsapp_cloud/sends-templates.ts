import { file } from '../bodies.ts';
import type { SendCase } from '../cases.ts';
import { header, template } from './bodies.ts';
import { sent } from './sent.ts';

export const templateSends: SendCase[] = [
  sent(
    'template with a picture, values and buttons',
    template(['منى'], {
      header: header('image'),
      buttons: [
        { index: 0, payload: 'CALL' },
        { index: 1, url: '42' },
        { index: 2, code: '25OFF' },
      ],
    }),
    {
      type: 'template',
      template: {
        name: 'order_update',
        language: { code: 'ar' },
        components: [
          { type: 'header', parameters: [{ type: 'image', image: { link: file } }] },
          { type: 'body', parameters: [{ type: 'text', text: 'منى' }] },
          { type: 'button', index: '0', sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: 'CALL' }] },
          { type: 'button', index: '1', sub_type: 'url', parameters: [{ type: 'text', text: '42' }] },
          {
            type: 'button',
            index: '2',
            sub_type: 'copy_code',
            parameters: [{ type: 'coupon_code', coupon_code: '25OFF' }],
          },
        ],
      },
    },
  ),
  sent('template with a place above it', template([], { header: { latitude: 30.04, longitude: 31.2, name: 'Shop' } }), {
    type: 'template',
    template: {
      name: 'order_update',
      language: { code: 'ar' },
      components: [
        {
          type: 'header',
          parameters: [{ type: 'location', location: { latitude: '30.04', longitude: '31.2', name: 'Shop' } }],
        },
      ],
    },
  }),
  sent('template with a named value in its header', template({}, { header: { parameters: { first_name: 'منى' } } }), {
    type: 'template',
    template: {
      name: 'order_update',
      language: { code: 'ar' },
      components: [{ type: 'header', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'منى' }] }],
    },
  }),
  sent('template with positional values', template(['منى', '#123']), {
    type: 'template',
    template: {
      name: 'order_update',
      language: { code: 'ar' },
      components: [
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'منى' },
            { type: 'text', text: '#123' },
          ],
        },
      ],
    },
  }),
  sent('template with named values', template({ first_name: 'منى' }), {
    type: 'template',
    template: {
      name: 'order_update',
      language: { code: 'ar' },
      components: [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'منى' }] }],
    },
  }),
  sent('template without values', template([]), {
    type: 'template',
    template: { name: 'order_update', language: { code: 'ar' } },
  }),
];
