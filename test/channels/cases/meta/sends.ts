import type { Body } from '@parley/core/domain/body.ts';
import { link, type SendCase } from '../cases.ts';
import { choices, file, interactive } from '../bodies.ts';
import { card, carousel } from './bodies.ts';

/** Whose messages they are, and to whom. */
interface Sender {
  path: string;
  token: string;
  recipient: { id: string };
}

/** Says what a body becomes when this one sends it. */
export function askedBy({ path, token, recipient }: Sender) {
  return (name: string, body: Body, request: object, more: Partial<SendCase> = {}): SendCase => ({
    name,
    body,
    ...more,
    request: {
      method: 'POST',
      path,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: { recipient, ...request },
    },
  });
}

/** A reaction, which each product has its own name for, and the end of one. */
export function reactions(
  asked: ReturnType<typeof askedBy>,
  message_id: string,
  emoji: string,
  reaction = emoji,
): SendCase[] {
  return [
    asked(
      'a reaction',
      { type: 'reaction', emoji, target: message_id },
      { sender_action: 'react', payload: { message_id, reaction } },
    ),
    asked(
      'a reaction taken back',
      { type: 'reaction', emoji: null, target: message_id },
      { sender_action: 'unreact', payload: { message_id } },
    ),
  ];
}

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
