import { file, interactive } from '../bodies.ts';
import type { SendCase } from '../cases.ts';
import { card, carousel, header, linkCard } from './bodies.ts';
import { sent } from './sent.ts';

export const choiceSends: SendCase[] = [
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
];
