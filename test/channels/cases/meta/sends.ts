import type { Body } from '@parley/core/domain/body.ts';
import { link } from '../cases.ts';
import { card, carousel, choices, file, interactive } from './bodies.ts';

interface Content {
  name: string;
  body: Body;
  /** `message` of the request */
  message: object;
}

function template(payload: object): object {
  return { attachment: { type: 'template', payload } };
}

/** What Messenger and Instagram word alike. */
export const contents: Content[] = [
  { name: 'text', body: { type: 'text', text: 'تم تأكيد الطلب ✅' }, message: { text: 'تم تأكيد الطلب ✅' } },
  ...(['image', 'video', 'audio'] as const).map((type) => ({
    name: type,
    body: { type, media: link(file) },
    message: { attachment: { type, payload: { url: file } } },
  })),
  {
    name: 'document',
    body: { type: 'document', media: link(file, { filename: 'عقد.pdf' }) },
    message: { attachment: { type: 'file', payload: { url: file } } },
  },
  {
    name: 'quick replies',
    body: interactive({ kind: 'quick_replies', buttons: choices(1) }),
    message: { text: 'اختر', quick_replies: [{ content_type: 'text', title: 'Title 0', payload: 'id-0' }] },
  },
  {
    name: 'buttons',
    body: interactive({ kind: 'buttons', buttons: choices(1) }),
    message: template({
      template_type: 'button',
      text: 'اختر',
      buttons: [{ type: 'postback', title: 'Title 0', payload: 'id-0' }],
    }),
  },
  {
    name: 'a link button',
    body: interactive({ kind: 'link_button', link: { title: 'Open', url: file } }),
    message: template({
      template_type: 'button',
      text: 'اختر',
      buttons: [{ type: 'web_url', url: file, title: 'Open' }],
    }),
  },
  {
    name: 'a carousel',
    body: carousel(
      card({ text: 'Espresso\n250 g', buttons: choices(1), link: { title: 'Open', url: file } }),
      card({ text: 'Mocha' }),
    ),
    message: template({
      template_type: 'generic',
      elements: [
        {
          title: 'Espresso',
          subtitle: '250 g',
          image_url: file,
          buttons: [
            { type: 'postback', title: 'Title 0', payload: 'id-0' },
            { type: 'web_url', url: file, title: 'Open' },
          ],
        },
        { title: 'Mocha', image_url: file },
      ],
    }),
  },
];
