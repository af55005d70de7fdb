import type { Body } from '@parley/core/domain/body.ts';
import { link, REFERENCE, type SendCase } from '../cases.ts';
import { evolution, gateway } from './accounts.ts';

const file = 'https://files.example.com/f';

function notifies(name: string, body: Body, content: object, more: Partial<SendCase> = {}): SendCase {
  const receivers = [{ mobileNum: '201000000001' }];
  return {
    name: `notify: ${name}`,
    body,
    ...more,
    request: {
      method: 'POST',
      path: '/suit%209/send',
      headers: { appapikey: 'key-1', 'content-type': 'application/json' },
      body: { UOWHATSAPP: { ...content, random_string: REFERENCE, receivers } },
    },
  };
}
function passes(name: string, body: Body, endpoint: string, content: object, more: Partial<SendCase> = {}): SendCase {
  return {
    name: `gateway: ${name}`,
    body,
    credentials: gateway,
    ...more,
    request: {
      method: 'POST',
      path: `/api/${endpoint}`,
      headers: { 'x-api-key': 'key-2', 'content-type': 'application/json' },
      body: { session: 'store', chatId: '201000000001@c.us', ...content },
    },
  };
}

function evolves(name: string, body: Body, verb: string, content: object, more: Partial<SendCase> = {}): SendCase {
  return {
    name: `Evolution: ${name}`,
    body,
    credentials: evolution,
    ...more,
    request: {
      method: 'POST',
      path: `/message/${verb}/store%20evo`,
      headers: { apikey: 'key-3', 'content-type': 'application/json' },
      body: { number: '201000000001', ...content },
    },
  };
}

const bold = { text: 'جاهز الآن', entities: [{ type: 'bold', offset: 0, length: 4 }] } satisfies Partial<Body>;

export const sends: SendCase[] = [
  notifies('text', { type: 'text', text: 'تم تأكيد الطلب ✅' }, { message: 'تم تأكيد الطلب ✅' }),
  notifies('image', { type: 'image', media: link(file), text: 'فاتورة' }, { message: 'فاتورة', imageUrl: file }),
  notifies(
    'document without words',
    { type: 'document', media: link(`${file}/%D8%B9%D9%82%D8%AF.pdf`) },
    { message: 'عقد.pdf', documentUrl: `${file}/%D8%B9%D9%82%D8%AF.pdf` },
  ),
  passes('text', { type: 'text', text: 'أهلا' }, 'sendText', { text: 'أهلا' }),
  passes(
    'reply',
    { type: 'text', text: 'نعم' },
    'sendText',
    { text: 'نعم', reply_to: 'false_201000000001@c.us_3EB0B1' },
    { replyTo: '3EB0B1' },
  ),
  passes('image', { type: 'image', media: link(file, { mime: 'image/png' }), text: 'ص' }, 'sendImage', {
    file: { mimetype: 'image/png', url: file },
    caption: 'ص',
  }),
  passes('video', { type: 'video', media: link(file) }, 'sendVideo', { file: { mimetype: 'video/mp4', url: file } }),
  passes('voice', { type: 'audio', media: link(file, { voice: true }) }, 'sendVoice', {
    file: { mimetype: 'audio/ogg; codecs=opus', url: file },
  }),
  passes('audio whose link says OGG', { type: 'audio', media: link(`${file}.ogg`) }, 'sendVoice', {
    file: { mimetype: 'audio/ogg; codecs=opus', url: `${file}.ogg` },
  }),
  passes('other audio', { type: 'audio', media: link(file, { mime: 'audio/mpeg' }) }, 'sendFile', {
    file: { mimetype: 'audio/mpeg', url: file },
  }),
  passes('document', { type: 'document', media: link(file, { filename: 'عقد.pdf' }) }, 'sendFile', {
    file: { mimetype: 'application/octet-stream', url: file, filename: 'عقد.pdf' },
  }),
  passes('location', { type: 'location', latitude: 30.04, longitude: 31.2, name: 'N' }, 'sendLocation', {
    latitude: 30.04,
    longitude: 31.2,
    title: 'N',
  }),
  passes(
    'contacts',
    {
      type: 'contacts',
      contacts: [{ name: 'أحمد, سالم', phones: ['+201000000009'], emails: ['a@example.com'], organization: 'Nile' }],
    },
    'sendContactVcard',
    {
      contacts: [
        {
          vcard:
            'BEGIN:VCARD\r\nVERSION:3.0\r\nN:;أحمد\\, سالم;;;\r\nFN:أحمد\\, سالم\r\nORG:Nile\r\nTEL;TYPE=CELL;waid=201000000009:+201000000009\r\nEMAIL:a@example.com\r\nEND:VCARD',
        },
      ],
    },
  ),
  {
    name: 'gateway: reaction',
    body: { type: 'reaction', emoji: '👍', target: '3EB0B1' },
    credentials: gateway,
    request: {
      method: 'PUT',
      path: '/api/reaction',
      headers: { 'x-api-key': 'key-2' },
      body: { session: 'store', messageId: 'false_201000000001@c.us_3EB0B1', reaction: '👍' },
    },
  },
  {
    name: 'gateway: reaction to what the business wrote',
    body: { type: 'reaction', emoji: '👍', target: '3EB0B1', own: true },
    credentials: gateway,
    request: {
      method: 'PUT',
      path: '/api/reaction',
      headers: { 'x-api-key': 'key-2' },
      body: { session: 'store', messageId: 'true_201000000001@c.us_3EB0B1', reaction: '👍' },
    },
  },
  passes(
    'to a privacy id',
    { type: 'text', text: 'hi' },
    'sendText',
    { chatId: '98765@lid', text: 'hi' },
    { to: { identities: [{ kind: 'lid', value: '98765@lid' }] } },
  ),
  passes(
    'to a privacy id whose number is known',
    { type: 'text', text: 'hi' },
    'sendText',
    { text: 'hi' },
    {
      to: {
        identities: [
          { kind: 'lid', value: '98765@lid' },
          { kind: 'phone', value: '+201000000001' },
        ],
      },
    },
  ),
  notifies('formatted text', { type: 'text', ...bold }, { message: '*جاهز* الآن' }),
  notifies(
    'template as its text',
    { type: 'template', template: { name: 'ready', language: 'ar' }, ...bold },
    { message: '*جاهز* الآن' },
  ),
  passes('formatted caption', { type: 'image', media: link(file), ...bold }, 'sendImage', {
    file: { mimetype: 'image/jpeg', url: file },
    caption: '*جاهز* الآن',
  }),
  passes(
    'to a number that WhatsApp knows by other digits',
    { type: 'text', text: 'hi' },
    'sendText',
    { chatId: '553187654321@c.us', text: 'hi' },
    {
      to: {
        identities: [
          { kind: 'phone', value: '+5531987654321' },
          { kind: 'wa_id', value: '553187654321' },
        ],
      },
    },
  ),
  evolves('text', { type: 'text', ...bold }, 'sendText', { text: '*جاهز* الآن' }),
  evolves(
    'reply',
    { type: 'text', text: 'نعم' },
    'sendText',
    { text: 'نعم', quoted: { key: { id: '3EB0B1' } } },
    { replyTo: '3EB0B1' },
  ),
  evolves('image', { type: 'image', media: link(`${file}.png`, { mime: 'image/png' }), text: 'ص' }, 'sendMedia', {
    mediatype: 'image',
    media: `${file}.png`,
    fileName: 'f.png',
    mimetype: 'image/png',
    caption: 'ص',
  }),
  evolves('document', { type: 'document', media: link(file, { filename: 'عقد.pdf' }) }, 'sendMedia', {
    mediatype: 'document',
    media: file,
    fileName: 'عقد.pdf',
  }),
  evolves('voice', { type: 'audio', media: link(`${file}.ogg`) }, 'sendWhatsAppAudio', { audio: `${file}.ogg` }),
  evolves('other audio', { type: 'audio', media: link(file, { mime: 'audio/mpeg' }) }, 'sendMedia', {
    mediatype: 'audio',
    media: file,
    fileName: 'f',
    mimetype: 'audio/mpeg',
  }),
  evolves('location', { type: 'location', latitude: 30.04, longitude: 31.2, name: 'N' }, 'sendLocation', {
    latitude: 30.04,
    longitude: 31.2,
    name: 'N',
    address: '',
  }),
  evolves(
    'contact',
    { type: 'contacts', contacts: [{ name: 'أحمد', phones: ['+20 100 000 0009'], organization: 'Nile' }] },
    'sendContact',
    { contact: [{ fullName: 'أحمد', wuid: '201000000009', phoneNumber: '+20 100 000 0009', organization: 'Nile' }] },
  ),
  {
    name: 'Evolution: reaction',
    body: { type: 'reaction', emoji: '👍', target: '3EB0B1' },
    credentials: evolution,
    request: {
      method: 'POST',
      path: '/message/sendReaction/store%20evo',
      headers: { apikey: 'key-3' },
      body: { key: { id: '3EB0B1', remoteJid: '201000000001@s.whatsapp.net', fromMe: false }, reaction: '👍' },
    },
  },
  {
    name: 'Evolution: reaction to what the business wrote',
    body: { type: 'reaction', emoji: null, target: '3EB0B1', own: true },
    credentials: evolution,
    request: {
      method: 'POST',
      path: '/message/sendReaction/store%20evo',
      headers: { apikey: 'key-3' },
      body: { key: { id: '3EB0B1', remoteJid: '201000000001@s.whatsapp.net', fromMe: true }, reaction: '' },
    },
  },
  evolves(
    'in a group',
    { type: 'text', text: 'hi' },
    'sendText',
    { number: '1203@g.us', text: 'hi' },
    { to: { identities: [{ kind: 'group', value: '1203@g.us' }] } },
  ),
  evolves(
    'to a privacy id',
    { type: 'text', text: 'hi' },
    'sendText',
    { number: '98765@lid', text: 'hi' },
    { to: { identities: [{ kind: 'lid', value: '98765@lid' }] } },
  ),
  passes(
    'reply in a group',
    { type: 'text', text: 'hi' },
    'sendText',
    { chatId: '1203@g.us', text: 'hi', reply_to: '3EB0' },
    { to: { identities: [{ kind: 'group', value: '1203@g.us' }] }, replyTo: '3EB0' },
  ),
];
