import type { Body } from '@parley/core/domain/body.ts';
import { file, interactive } from '../bodies.ts';
import { link, type SendCase } from '../cases.ts';
import { bold } from './bodies.ts';
import { sent } from './sent.ts';

export const choiceSends: SendCase[] = [
  sent(
    'buttons under a header',
    {
      ...interactive({
        kind: 'buttons',
        buttons: [
          { id: 'y', title: 'نعم' },
          { id: 'n', title: 'لا' },
        ],
        header: 'H',
        footer: 'F',
      }),
      entities: bold(0, 4),
    } as Body,
    'sendMessage',
    {
      text: 'H\n\nاختر\n\nF',
      entities: bold(3, 4),
      reply_markup: { inline_keyboard: [[{ text: 'نعم', callback_data: 'y' }], [{ text: 'لا', callback_data: 'n' }]] },
    },
  ),
  sent('quick replies', interactive({ kind: 'quick_replies', buttons: [{ id: 'y', title: 'نعم' }] }), 'sendMessage', {
    text: 'اختر',
    reply_markup: { inline_keyboard: [[{ text: 'نعم', callback_data: 'y' }]] },
  }),
  sent(
    'list',
    interactive({
      kind: 'list',
      button: 'Open',
      sections: [
        {
          title: 'Tea',
          rows: [
            { id: 'a', title: 'A', description: 'green' },
            { id: 'b', title: 'B' },
          ],
        },
        { rows: [{ id: 'c', title: 'C' }] },
      ],
    }),
    'sendMessage',
    {
      text: 'اختر\n\nTea\n• A: green',
      reply_markup: {
        inline_keyboard: [
          [{ text: 'A', callback_data: 'a' }],
          [{ text: 'B', callback_data: 'b' }],
          [{ text: 'C', callback_data: 'c' }],
        ],
      },
    },
  ),
  sent(
    'link button',
    interactive({ kind: 'link_button', link: { title: 'الموقع', url: 'https://example.com' } }),
    'sendMessage',
    { text: 'اختر', reply_markup: { inline_keyboard: [[{ text: 'الموقع', url: 'https://example.com' }]] } },
  ),
  sent(
    'buttons under a picture',
    interactive({
      kind: 'link_button',
      link: { title: 'الموقع', url: 'https://example.com' },
      file: { type: 'image', media: link(file) },
      footer: 'F',
    }),
    'sendPhoto',
    {
      photo: file,
      caption: 'اختر\n\nF',
      reply_markup: { inline_keyboard: [[{ text: 'الموقع', url: 'https://example.com' }]] },
    },
  ),
  sent(
    'buttons side by side',
    interactive({
      kind: 'buttons',
      buttons: ['a', 'b', 'c'].map((id) => ({ id, title: id.toUpperCase() })),
    }),
    'sendMessage',
    {
      text: 'اختر',
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'A', callback_data: 'a' },
            { text: 'B', callback_data: 'b' },
          ],
          [{ text: 'C', callback_data: 'c' }],
        ],
      },
    },
    { options: { columns: 2 } },
  ),
  sent('a place is asked for', interactive({ kind: 'location_request' }, 'أين أنت؟'), 'sendMessage', {
    text: 'أين أنت؟',
    reply_markup: {
      keyboard: [[{ text: '📍', request_location: true }]],
      resize_keyboard: true,
      one_time_keyboard: true,
    },
  }),
  sent(
    'keys in place of the keyboard',
    { type: 'text', text: 'رقمك؟' },
    'sendMessage',
    {
      text: 'رقمك؟',
      reply_markup: {
        keyboard: [[{ text: 'رقمي', request_contact: true }], [{ text: 'لا' }]],
        resize_keyboard: true,
        one_time_keyboard: true,
        input_field_placeholder: 'رقم',
      },
    },
    {
      options: {
        keyboard: {
          rows: [[{ text: 'رقمي', request_contact: true }], [{ text: 'لا' }]],
          one_time: true,
          placeholder: 'رقم',
        },
      },
    },
  ),
  sent(
    'keys taken away',
    { type: 'text', text: 'شكرا' },
    'sendMessage',
    { text: 'شكرا', reply_markup: { remove_keyboard: true } },
    { options: { keyboard: 'remove' } },
  ),
];
