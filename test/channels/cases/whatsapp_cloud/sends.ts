import type { Body } from '@parley/core/domain/body.ts';
import { link, REFERENCE, type SendCase } from '../cases.ts';
import { card, carousel, file, header, interactive, linkCard, template } from './bodies.ts';

const path = '/v26.0/106540352242922/messages';
function sent(name: string, body: Body, content: object, more: Partial<SendCase> = {}): SendCase {
  return {
    name,
    body,
    ...more,
    request: {
      method: 'POST',
      path,
      headers: { authorization: 'Bearer EAAG-token', 'content-type': 'application/json' },
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '+201000000001',
        ...content,
        biz_opaque_callback_data: REFERENCE,
      },
    },
  };
}

export const sends: SendCase[] = [
  sent('text', { type: 'text', text: 'تم تأكيد الطلب ✅' }, { type: 'text', text: { body: 'تم تأكيد الطلب ✅' } }),
  sent(
    'text with a link',
    { type: 'text', text: 'https://example.com' },
    { type: 'text', text: { body: 'https://example.com', preview_url: true } },
  ),
  sent(
    'reply',
    { type: 'text', text: 'نعم' },
    { type: 'text', text: { body: 'نعم' }, context: { message_id: 'wamid.Q' } },
    { replyTo: 'wamid.Q' },
  ),
  sent(
    'image',
    { type: 'image', media: link(file), text: 'فاتورة' },
    { type: 'image', image: { link: file, caption: 'فاتورة' } },
  ),
  sent('video', { type: 'video', media: link(file) }, { type: 'video', video: { link: file } }),
  sent(
    'voice',
    { type: 'audio', media: link(file, { voice: true }) },
    { type: 'audio', audio: { link: file, voice: true } },
  ),
  sent(
    'document',
    { type: 'document', media: link(file, { filename: 'عقد.pdf' }), text: 'العقد' },
    { type: 'document', document: { link: file, filename: 'عقد.pdf', caption: 'العقد' } },
  ),
  sent('sticker', { type: 'sticker', media: link(file) }, { type: 'sticker', sticker: { link: file } }),
  sent(
    'location',
    { type: 'location', latitude: 30.04, longitude: -31.2, name: 'Shop', address: 'Cairo' },
    { type: 'location', location: { latitude: '30.04', longitude: '-31.2', name: 'Shop', address: 'Cairo' } },
  ),
  sent(
    'contacts',
    {
      type: 'contacts',
      contacts: [{ name: 'أحمد سالم', phones: ['+201000000009'], emails: ['a@example.com'], organization: 'Nile' }],
    },
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'أحمد سالم', first_name: 'أحمد' },
          phones: [{ phone: '+201000000009', type: 'CELL' }],
          emails: [{ email: 'a@example.com', type: 'WORK' }],
          org: { company: 'Nile' },
        },
      ],
    },
  ),
  sent(
    'reaction, which takes no context',
    { type: 'reaction', emoji: '👍', target: 'wamid.T' },
    { type: 'reaction', reaction: { message_id: 'wamid.T', emoji: '👍' } },
    { replyTo: 'wamid.Q' },
  ),
  sent(
    'reaction taken back',
    { type: 'reaction', emoji: null, target: 'wamid.T' },
    { type: 'reaction', reaction: { message_id: 'wamid.T', emoji: '' } },
  ),
  sent('buttons', interactive({ kind: 'buttons', buttons: [{ id: 'y', title: 'نعم' }], header: 'H', footer: 'F' }), {
    type: 'interactive',
    interactive: {
      type: 'button',
      action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'نعم' } }] },
      body: { text: 'اختر' },
      header: { type: 'text', text: 'H' },
      footer: { text: 'F' },
    },
  }),
  sent('quick replies', interactive({ kind: 'quick_replies', buttons: [{ id: 'y', title: 'نعم' }] }), {
    type: 'interactive',
    interactive: {
      type: 'button',
      action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'نعم' } }] },
      body: { text: 'اختر' },
    },
  }),
  sent(
    'list',
    interactive({
      kind: 'list',
      button: 'افتح',
      sections: [{ title: 'S', rows: [{ id: 'r', title: 'R', description: 'D' }] }],
    }),
    {
      type: 'interactive',
      interactive: {
        type: 'list',
        action: { button: 'افتح', sections: [{ title: 'S', rows: [{ id: 'r', title: 'R', description: 'D' }] }] },
        body: { text: 'اختر' },
      },
    },
  ),
  sent('link button', interactive({ kind: 'link_button', link: { title: 'الموقع', url: 'https://example.com' } }), {
    type: 'interactive',
    interactive: {
      type: 'cta_url',
      action: { name: 'cta_url', parameters: { display_text: 'الموقع', url: 'https://example.com' } },
      body: { text: 'اختر' },
    },
  }),
  sent(
    'text with formatting',
    {
      type: 'text',
      text: 'Sale today',
      entities: [
        { type: 'bold', offset: 0, length: 4 },
        { type: 'italic', offset: 5, length: 5 },
      ],
    },
    { type: 'text', text: { body: '*Sale* _today_' } },
  ),
  sent(
    'buttons under a picture',
    interactive({ kind: 'buttons', buttons: [{ id: 'y', title: 'نعم' }], file: header('image') }),
    {
      type: 'interactive',
      interactive: {
        type: 'button',
        action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'نعم' } }] },
        body: { text: 'اختر' },
        header: { type: 'image', image: { link: file } },
      },
    },
  ),
  sent(
    'link button under a document',
    interactive({
      kind: 'link_button',
      link: { title: 'Pay', url: 'https://example.com' },
      file: header('document', { filename: 'a.pdf' }),
      footer: 'F',
    }),
    {
      type: 'interactive',
      interactive: {
        type: 'cta_url',
        action: { name: 'cta_url', parameters: { display_text: 'Pay', url: 'https://example.com' } },
        body: { text: 'اختر' },
        header: { type: 'document', document: { link: file, filename: 'a.pdf' } },
        footer: { text: 'F' },
      },
    },
  ),
  sent('a request for the place', interactive({ kind: 'location_request' }), {
    type: 'interactive',
    interactive: { type: 'location_request_message', action: { name: 'send_location' }, body: { text: 'اختر' } },
  }),
  sent('cards with buttons', carousel([card(), card({ text: '' })]), {
    type: 'interactive',
    interactive: {
      type: 'carousel',
      body: { text: 'اختر' },
      action: {
        cards: [
          {
            card_index: 0,
            type: 'cta_url',
            header: { type: 'image', image: { link: file } },
            body: { text: 'Tea' },
            action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'a', title: 'A' } }] },
          },
          {
            card_index: 1,
            type: 'cta_url',
            header: { type: 'image', image: { link: file } },
            action: { buttons: [{ type: 'quick_reply', quick_reply: { id: 'a', title: 'A' } }] },
          },
        ],
      },
    },
  }),
  sent('cards with links', carousel([linkCard(), linkCard('More')]), {
    type: 'interactive',
    interactive: {
      type: 'carousel',
      body: { text: 'اختر' },
      action: {
        cards: ['Buy', 'More'].map((display_text, card_index) => ({
          card_index,
          type: 'cta_url',
          header: { type: 'image', image: { link: file } },
          body: { text: 'Tea' },
          action: { name: 'cta_url', parameters: { display_text, url: 'https://example.com' } },
        })),
      },
    },
  }),
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
  sent(
    'to a customer without a phone',
    { type: 'text', text: 'hi' },
    { to: undefined, recipient: 'EG.1349870012345678', type: 'text', text: { body: 'hi' } },
    { to: { identities: [{ kind: 'bsuid', value: 'EG.1349870012345678' }] } },
  ),
  sent(
    'to a customer with both',
    { type: 'text', text: 'hi' },
    { type: 'text', text: { body: 'hi' } },
    {
      to: {
        identities: [
          { kind: 'bsuid', value: 'EG.1' },
          { kind: 'phone', value: '+201000000001' },
        ],
      },
    },
  ),
  sent(
    'to a group',
    { type: 'text', text: 'hi' },
    { recipient_type: 'group', to: 'Y2FwaQ', type: 'text', text: { body: 'hi' } },
    { to: { identities: [{ kind: 'group', value: 'Y2FwaQ' }] } },
  ),
];
