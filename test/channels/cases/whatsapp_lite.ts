import { createHash } from 'node:crypto';
import type { Body } from '@parley/core/domain/body.ts';
import { asciiLimit, link, REFERENCE, textLimits, webhook, type ChannelCases, type SendCase } from './cases.ts';

/** The published example of WAHA, and the same bytes signed as GOWA does. */
const published = '{"event":"message","session":"default","engine":"WEBJS"}';
const waha =
  '208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89';
const gowa = 'sha256=81e6782a1fd1243fc16a539973c2b21652220c313dd9aa3427d68fbafc3bcf83';

function signerWith(...secrets: string[]) {
  return { id: 'acc_1', secrets: secrets.map((webhook_secret) => ({ webhook_secret })) };
}

const secret = 'whs-1';
const notify = { kind: 'notify', suit_id: 'suit 9', api_key: 'key-1', webhook_secret: secret };
const gateway = { kind: 'gateway', session: 'store', api_key: 'key-2', webhook_secret: secret };
const hash = `secret:${createHash('sha256').update(secret).digest('hex')}`;

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

const file = 'https://files.example.com/f';

export const cases: ChannelCases = {
  externalId: '+201555500022',
  credentials: notify,
  names: [hash, 'address:+201555500022', 'suit:suit 9'],
  to: { identities: [{ kind: 'phone', value: '+201000000001' }] },
  signatures: [
    {
      name: "WAHA's published example",
      request: webhook(published, { 'x-webhook-hmac': waha }),
      signer: signerWith('my-secret-key'),
      genuine: true,
    },
    {
      name: 'the same in the style of GOWA',
      request: webhook(published, { 'x-hub-signature-256': gowa }),
      signer: signerWith('secret'),
      genuine: true,
    },
    {
      name: "Parley's own header",
      request: webhook(published, { 'x-parley-signature': gowa }),
      signer: signerWith('other', 'secret'),
      genuine: true,
    },
    {
      name: 'the secret itself',
      request: webhook(published, { 'x-webhook-secret': secret }),
      signer: signerWith(secret),
      genuine: true,
    },
    {
      name: 'two right proofs',
      request: webhook(published, { 'x-webhook-secret': 'secret', 'x-hub-signature-256': gowa }),
      signer: signerWith('secret'),
      genuine: true,
    },
    {
      name: 'one right and one wrong proof',
      request: webhook(published, { 'x-webhook-secret': 'secret', 'x-webhook-hmac': waha }),
      signer: signerWith('secret'),
      genuine: false,
    },
    {
      name: 'two proofs of two secrets',
      request: webhook(published, { 'x-webhook-hmac': waha, 'x-hub-signature-256': gowa }),
      signer: signerWith('secret', 'my-secret-key'),
      genuine: false,
    },
    {
      name: 'a signature without its prefix',
      request: webhook(published, { 'x-parley-signature': gowa.slice(7) }),
      signer: signerWith('secret'),
      genuine: false,
    },
    {
      name: 'other bytes',
      request: webhook(`${published} `, { 'x-webhook-hmac': waha }),
      signer: signerWith('my-secret-key'),
      genuine: false,
    },
    { name: 'no proof', request: webhook(published), signer: signerWith(secret), genuine: false },
    {
      name: 'an empty secret',
      request: webhook(published, { 'x-webhook-secret': '' }),
      signer: signerWith(''),
      genuine: false,
    },
  ],
  hints: [
    { request: webhook('{"to":"+201555500022"}', { 'x-webhook-secret': secret }), hints: [hash] },
    { request: webhook('{"from":"+201000000001","to":"+201555500022"}'), hints: ['address:+201555500022'] },
    {
      request: webhook(
        '{"event":"message","session":"store","me":{"id":"201555500022@c.us"},"payload":{"from":"201000000001@c.us","to":"201555500022@c.us"}}',
      ),
      hints: ['session:store', 'address:+201555500022', 'address:+201000000001'],
    },
    { request: webhook('not json'), hints: [] },
  ],
  sends: [
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
              'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:أحمد\\, سالم\r\nORG:Nile\r\nTEL;TYPE=CELL;waid=201000000009:+201000000009\r\nEMAIL:a@example.com\r\nEND:VCARD',
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
    passes(
      'reply in a group',
      { type: 'text', text: 'hi' },
      'sendText',
      { chatId: '1203@g.us', text: 'hi', reply_to: '3EB0' },
      { to: { identities: [{ kind: 'group', value: '1203@g.us' }] }, replyTo: '3EB0' },
    ),
  ],
  taken: {
    answer: { status: 200, json: { messageId: 'true_201000000001@c.us_3EB0SENT' } },
    providerMessageId: '3EB0SENT',
  },
  limits: [
    ...textLimits(
      'text',
      4096,
      1,
      (text) => ({ type: 'text', text }),
      /message has 4097 characters; the limit is 4096/,
    ),
    asciiLimit('caption', 4096, (text) => ({ type: 'image', media: link(file), text }), /message has 4097/),
    {
      name: 'audio without a caption',
      fits: { type: 'audio', media: link(file) },
      breaks: { type: 'audio', media: link(file), text: 'hi' },
      problem: /can't go with audio/,
    },
    {
      name: 'a link to the file',
      fits: { type: 'image', media: link(file) },
      breaks: { type: 'image', media: { status: 'ready' } },
      problem: /media_url is needed/,
    },
    {
      name: 'latitude',
      fits: { type: 'location', latitude: 90, longitude: 0 },
      breaks: { type: 'location', latitude: Number.NaN, longitude: 0 },
      problem: /latitude/,
    },
    {
      name: 'a name',
      fits: { type: 'contacts', contacts: [{ name: 'A', phones: [] }] },
      breaks: { type: 'contacts', contacts: [{ name: ' ', phones: [] }] },
      problem: /contacts\[0\]\.name/,
    },
  ],
  impossible: [
    { type: 'sticker', media: link(file) },
    { type: 'interactive', text: 'a', interactive: { kind: 'buttons', buttons: [{ id: 'a', title: 'A' }] } },
    { type: 'template', template: { name: 'a', language: 'en' } },
    { type: 'system', event: 'x', text: 'x' },
    { type: 'unsupported', providerType: 'x', raw: {} },
  ],
  recipients: [
    ['201000000001@c.us', 'phone:+201000000001'],
    ['+20 (100) 000-0001', 'phone:+201000000001'],
    ['120363001234567890@g.us', undefined],
  ],
};
