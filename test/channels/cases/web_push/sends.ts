import type { Body } from '@parley/core/domain/body.ts';
import { link, REFERENCE, type SendCase } from '../cases.ts';
import { credentials, PATH } from './account.ts';

const image = 'https://files.example.com/offer.png';
const page = 'https://nile.example/account';

/** of the reference: the first half of its SHA-256, and of its HMAC with the site's secret */
const tag = '9ebcefdf73b3c490cb2de115a02858be';
const data = { id: REFERENCE, token: '19zjK-JvN_-BRYc5IuF7NQ' };

function sent(name: string, body: Body, content: object, more: Partial<SendCase> = {}): SendCase {
  const headers = {
    'content-type': 'application/octet-stream',
    'content-encoding': 'aes128gcm',
    ttl: '86400',
    urgency: 'high',
    topic: tag,
  };
  const payload = { notification: { title: 'Test', dir: 'auto', tag, data, ...content }, mutable: true };
  return { name, body, request: { method: 'POST', path: PATH, headers, body: payload }, ...more };
}

/** A push of a site whose pushes lead somewhere is declarative: it says so, and names a page for each tap. */
function declarative(name: string, body: Body, content: object, more: Partial<SendCase> = {}): SendCase {
  const { request } = sent(name, body, content, more);
  return { name, body, request: { ...request, body: { web_push: 8030, ...Object(request.body) } }, ...more };
}

const yesOrNo = [
  { id: 'yes', title: 'نعم' },
  { id: 'no', title: 'لا' },
];

const plain = sent('for as long and as urgently as the site says', { type: 'text', text: 'a' }, { body: 'a' });

const hurried: SendCase = {
  ...plain,
  credentials: { ...credentials, ttl_seconds: 60, urgency: 'low' },
  request: { ...plain.request, headers: { ...plain.request.headers, ttl: '60', urgency: 'low' } },
};

export const sends: SendCase[] = [
  sent('text', { type: 'text', text: 'مرحبا 👋' }, { body: 'مرحبا 👋' }),
  sent(
    'text without its formatting',
    { type: 'text', text: 'bold', entities: [{ type: 'bold', offset: 0, length: 4 }] },
    { body: 'bold' },
  ),
  sent('an image', { type: 'image', media: link(image), text: 'عرض' }, { body: 'عرض', image }),
  sent('an image without a caption', { type: 'image', media: link(image) }, { body: '', image }),
  sent(
    'buttons under a header',
    {
      type: 'interactive',
      text: 'اختر',
      interactive: { kind: 'buttons', buttons: yesOrNo, header: 'H', footer: 'F' },
    },
    {
      title: 'H',
      body: 'اختر\nF',
      actions: [
        { action: 'reply:yes', title: 'نعم' },
        { action: 'reply:no', title: 'لا' },
      ],
    },
  ),
  sent(
    'quick replies',
    { type: 'interactive', text: 'اختر', interactive: { kind: 'quick_replies', buttons: yesOrNo.slice(0, 1) } },
    { body: 'اختر', actions: [{ action: 'reply:yes', title: 'نعم' }] },
  ),
  declarative(
    'a link, where any tap leads',
    {
      type: 'interactive',
      text: 'Your order',
      interactive: { kind: 'link_button', link: { title: 'Track', url: image } },
    },
    {
      body: 'Your order',
      navigate: image,
      actions: [{ action: 'open', title: 'Track', navigate: image }],
    },
  ),
  declarative(
    'the site’s own page, icon and badge',
    { type: 'interactive', text: 'a', interactive: { kind: 'quick_replies', buttons: yesOrNo.slice(0, 1) } },
    {
      body: 'a',
      navigate: page,
      icon: `${page}/icon.png`,
      badge: `${page}/badge.png`,
      actions: [{ action: 'reply:yes', title: 'نعم', navigate: page }],
    },
    { credentials: { ...credentials, url: page, icon: `${page}/icon.png`, badge: `${page}/badge.png` } },
  ),
  hurried,
  sent(
    'as the sender says rather than the site',
    { type: 'text', text: 'عرض' },
    {
      body: 'عرض',
      tag: 'offer',
      renotify: true,
      requireInteraction: true,
      silent: false,
      icon: image,
      badge: image,
      image,
      dir: 'rtl',
      lang: 'ar',
    },
    {
      options: {
        tag: 'offer',
        renotify: true,
        require_interaction: true,
        silent: false,
        icon: image,
        badge: image,
        image,
        dir: 'rtl',
        lang: 'ar',
      },
    },
  ),
  declarative(
    'where a tap leads',
    { type: 'text', text: 'a' },
    { body: 'a', navigate: image },
    { options: { url: image }, credentials: { ...credentials, url: page } },
  ),
  {
    ...plain,
    name: 'for as long and as urgently as the sender says, in place of an earlier one',
    options: { ttl: 0, urgency: 'very-low', topic: 'x'.repeat(32) },
    credentials: hurried.credentials,
    request: { ...plain.request, headers: { ttl: '0', urgency: 'very-low', topic: 'x'.repeat(32) } },
  },
];
