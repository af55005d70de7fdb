import type { Body, Choice, Interactive } from '@parley/core/domain/body.ts';
import { asciiLimit, link, REFERENCE, textLimits, webhook, type ChannelCases, type SendCase } from './cases.ts';

const escaped = String.raw`{"object":"whatsapp_business_account","note":"\u0645\u0631\u062d\u0628\u0627 \/ caf\u00e9"}`;
const rewritten = JSON.stringify(JSON.parse(escaped));
/** openssl dgst -sha256 -hmac app-secret-1 */
const signature = 'sha256=3d896cf569411a1411d40dede0cb5754013c0e4b7d12f8e48a91da64cbe9fba5';
const signer = {
  id: 'app_1',
  secrets: [
    { app_secret: 'older-secret', verify_token: 'older-token' },
    { app_secret: 'app-secret-1', verify_token: 'token-1' },
  ],
};
const signed = { 'x-hub-signature-256': signature };

const path = '/v26.0/106540352242922/messages';

function sends(name: string, body: Body, content: object, more: Partial<SendCase> = {}): SendCase {
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

const file = 'https://files.example.com/f';
const choices = (count: number): Choice[] =>
  Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, title: `Title ${index}` }));
const interactive = (content: Interactive, text = 'اختر'): Body => ({
  type: 'interactive',
  interactive: content,
  text,
});
const buttons = (list: Choice[]): Body => interactive({ kind: 'buttons', buttons: list });
const rows = (list: Choice[], title?: string): Body =>
  interactive({ kind: 'list', button: 'Open', sections: [{ ...(title === undefined ? {} : { title }), rows: list }] });
const template = (parameters: string[] | Record<string, string>): Body => ({
  type: 'template',
  template: { name: 'order_update', language: 'ar', parameters },
});

export const cases: ChannelCases = {
  externalId: '106540352242922',
  credentials: { access_token: 'EAAG-token' },
  names: ['address:106540352242922'],
  to: { identities: [{ kind: 'phone', value: '+201000000001' }] },
  signatures: [
    { name: 'escaped bytes as Meta writes them', request: webhook(escaped, signed), signer, genuine: true },
    { name: 'the same JSON written anew', request: webhook(rewritten, signed), signer, genuine: false },
    {
      name: 'another secret',
      request: webhook(escaped, signed),
      signer: { id: 'a', secrets: [{ app_secret: 'x' }] },
      genuine: false,
    },
    {
      name: 'no secret at all',
      request: webhook(escaped, signed),
      signer: { id: 'a', secrets: [{ app_secret: '' }, {}] },
      genuine: false,
    },
    { name: 'no signature', request: webhook(escaped), signer, genuine: false },
    {
      name: 'only the SHA-1 header',
      request: webhook(escaped, { 'x-hub-signature': signature }),
      signer,
      genuine: false,
    },
    {
      name: 'a shortened signature',
      request: webhook(escaped, { 'x-hub-signature-256': signature.slice(0, -2) }),
      signer,
      genuine: false,
    },
  ],
  hints: [{ request: webhook(escaped, signed), hints: [] }],
  sends: [
    sends('text', { type: 'text', text: 'تم تأكيد الطلب ✅' }, { type: 'text', text: { body: 'تم تأكيد الطلب ✅' } }),
    sends(
      'text with a link',
      { type: 'text', text: 'https://example.com' },
      { type: 'text', text: { body: 'https://example.com', preview_url: true } },
    ),
    sends(
      'reply',
      { type: 'text', text: 'نعم' },
      { type: 'text', text: { body: 'نعم' }, context: { message_id: 'wamid.Q' } },
      { replyTo: 'wamid.Q' },
    ),
    sends(
      'image',
      { type: 'image', media: link(file), text: 'فاتورة' },
      { type: 'image', image: { link: file, caption: 'فاتورة' } },
    ),
    sends('video', { type: 'video', media: link(file) }, { type: 'video', video: { link: file } }),
    sends(
      'voice',
      { type: 'audio', media: link(file, { voice: true }) },
      { type: 'audio', audio: { link: file, voice: true } },
    ),
    sends(
      'document',
      { type: 'document', media: link(file, { filename: 'عقد.pdf' }), text: 'العقد' },
      { type: 'document', document: { link: file, filename: 'عقد.pdf', caption: 'العقد' } },
    ),
    sends('sticker', { type: 'sticker', media: link(file) }, { type: 'sticker', sticker: { link: file } }),
    sends(
      'location',
      { type: 'location', latitude: 30.04, longitude: -31.2, name: 'Shop', address: 'Cairo' },
      { type: 'location', location: { latitude: '30.04', longitude: '-31.2', name: 'Shop', address: 'Cairo' } },
    ),
    sends(
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
    sends(
      'reaction, which takes no context',
      { type: 'reaction', emoji: '👍', target: 'wamid.T' },
      { type: 'reaction', reaction: { message_id: 'wamid.T', emoji: '👍' } },
      { replyTo: 'wamid.Q' },
    ),
    sends(
      'reaction taken back',
      { type: 'reaction', emoji: null, target: 'wamid.T' },
      { type: 'reaction', reaction: { message_id: 'wamid.T', emoji: '' } },
    ),
    sends('buttons', interactive({ kind: 'buttons', buttons: [{ id: 'y', title: 'نعم' }], header: 'H', footer: 'F' }), {
      type: 'interactive',
      interactive: {
        type: 'button',
        action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'نعم' } }] },
        body: { text: 'اختر' },
        header: { type: 'text', text: 'H' },
        footer: { text: 'F' },
      },
    }),
    sends('quick replies', interactive({ kind: 'quick_replies', buttons: [{ id: 'y', title: 'نعم' }] }), {
      type: 'interactive',
      interactive: {
        type: 'button',
        action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'نعم' } }] },
        body: { text: 'اختر' },
      },
    }),
    sends(
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
    sends('link button', interactive({ kind: 'link_button', link: { title: 'الموقع', url: 'https://example.com' } }), {
      type: 'interactive',
      interactive: {
        type: 'cta_url',
        action: { name: 'cta_url', parameters: { display_text: 'الموقع', url: 'https://example.com' } },
        body: { text: 'اختر' },
      },
    }),
    sends('template with positional values', template(['منى', '#123']), {
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
    sends('template with named values', template({ first_name: 'منى' }), {
      type: 'template',
      template: {
        name: 'order_update',
        language: { code: 'ar' },
        components: [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'منى' }] }],
      },
    }),
    sends('template without values', template([]), {
      type: 'template',
      template: { name: 'order_update', language: { code: 'ar' } },
    }),
    sends(
      'to a customer without a phone',
      { type: 'text', text: 'hi' },
      { to: undefined, recipient: 'EG.1349870012345678', type: 'text', text: { body: 'hi' } },
      { to: { identities: [{ kind: 'bsuid', value: 'EG.1349870012345678' }] } },
    ),
    sends(
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
    sends(
      'to a group',
      { type: 'text', text: 'hi' },
      { recipient_type: 'group', to: 'Y2FwaQ', type: 'text', text: { body: 'hi' } },
      { to: { identities: [{ kind: 'group', value: 'Y2FwaQ' }] } },
    ),
  ],
  taken: {
    answer: {
      status: 200,
      json: {
        messaging_product: 'whatsapp',
        contacts: [{ input: '+201000000001', wa_id: '201000000001' }],
        messages: [{ id: 'wamid.SENT' }],
      },
    },
    providerMessageId: 'wamid.SENT',
  },
  limits: [
    ...textLimits(
      'text',
      4096,
      1,
      (text) => ({ type: 'text', text }),
      /message has 4097 characters; the limit is 4096/,
    ),
    ...textLimits('caption', 1024, 1, (text) => ({ type: 'image', media: link(file), text }), /message has 1025/),
    ...textLimits('button title', 20, 1, (title) => buttons([{ id: 'a', title }]), /buttons\[0\]\.title has 21/),
    ...textLimits('row title', 24, 1, (title) => rows([{ id: 'a', title }]), /rows\[0\]\.title has 25/),
    asciiLimit('button id', 256, (id) => buttons([{ id, title: 'A' }]), /buttons\[0\]\.id has 257/),
    asciiLimit('row id', 200, (id) => rows([{ id, title: 'A' }]), /rows\[0\]\.id has 201/),
    asciiLimit(
      'row description',
      72,
      (description) => rows([{ id: 'a', title: 'A', description }]),
      /description has 73/,
    ),
    asciiLimit('section title', 24, (title) => rows(choices(1), title), /sections\[0\]\.title has 25/),
    asciiLimit(
      'text over buttons',
      1024,
      (text) => interactive({ kind: 'buttons', buttons: choices(1) }, text),
      /message has 1025/,
    ),
    asciiLimit(
      'text over a list',
      4096,
      (text) => interactive({ kind: 'list', button: 'b', sections: [{ rows: choices(1) }] }, text),
      /message has 4097/,
    ),
    asciiLimit(
      'text over a link',
      1024,
      (text) => interactive({ kind: 'link_button', link: { title: 'a', url: file } }, text),
      /message has 1025/,
    ),
    asciiLimit(
      'list button',
      20,
      (button) => interactive({ kind: 'list', button, sections: [{ rows: choices(1) }] }),
      /interactive\.button has 21/,
    ),
    asciiLimit(
      'link title',
      20,
      (title) => interactive({ kind: 'link_button', link: { title, url: file } }),
      /link\.title has 21/,
    ),
    asciiLimit(
      'header',
      60,
      (header) => interactive({ kind: 'buttons', buttons: choices(1), header }),
      /header has 61/,
    ),
    asciiLimit(
      'footer',
      60,
      (footer) => interactive({ kind: 'buttons', buttons: choices(1), footer }),
      /footer has 61/,
    ),
    asciiLimit(
      'template name',
      512,
      (name) => ({ type: 'template', template: { name, language: 'en' } }),
      /template\.name/,
    ),
    asciiLimit('template value', 1024, (value) => template([value]), /parameters\.0 has 1025/),
    {
      name: 'buttons',
      fits: buttons(choices(3)),
      breaks: buttons(choices(4)),
      problem: /buttons has 4 items; it takes 1 to 3/,
    },
    { name: 'no buttons', fits: buttons(choices(1)), breaks: buttons([]), problem: /buttons has 0 items/ },
    { name: 'rows', fits: rows(choices(10)), breaks: rows(choices(11)), problem: /rows has 11 items/ },
    {
      name: 'sections',
      fits: interactive({
        kind: 'list',
        button: 'b',
        sections: choices(10).map((row) => ({ title: row.id, rows: [row] })),
      }),
      breaks: interactive({
        kind: 'list',
        button: 'b',
        sections: choices(11).map((row) => ({ title: row.id, rows: [row] })),
      }),
      problem: /sections has 11 items/,
    },
    {
      name: 'title of one of two sections',
      fits: interactive({
        kind: 'list',
        button: 'b',
        sections: choices(2).map((row) => ({ title: row.id, rows: [row] })),
      }),
      breaks: interactive({ kind: 'list', button: 'b', sections: choices(2).map((row) => ({ rows: [row] })) }),
      problem: /sections\[0\]\.title must not be empty/,
    },
    {
      name: 'button ids',
      fits: buttons(choices(2)),
      breaks: buttons([
        { id: 'a', title: 'A' },
        { id: 'a', title: 'B' },
      ]),
      problem: /repeats/,
    },
    {
      name: 'button titles',
      fits: buttons(choices(2)),
      breaks: buttons([
        { id: 'a', title: 'A' },
        { id: 'b', title: 'A' },
      ]),
      problem: /repeats/,
    },
    {
      name: 'template values in one line',
      fits: template(['a   b']),
      breaks: template(['a\nb']),
      problem: /line breaks/,
    },
    {
      name: 'template values without gaps',
      fits: template(['a   b']),
      breaks: template(['a    b']),
      problem: /four spaces/,
    },
    {
      name: 'image size',
      fits: { type: 'image', media: link(file, { size: 5 * 1024 * 1024 }) },
      breaks: { type: 'image', media: link(file, { size: 5 * 1024 * 1024 + 1 }) },
      problem: /the limit is 5242880 bytes/,
    },
    {
      name: 'image type',
      fits: { type: 'image', media: link(file, { mime: 'image/png' }) },
      breaks: { type: 'image', media: link(file, { mime: 'image/gif' }) },
      problem: /image can't be image\/gif/,
    },
    {
      name: 'audio type',
      fits: { type: 'audio', media: link(file, { mime: 'audio/ogg; codecs=opus' }) },
      breaks: { type: 'audio', media: link(file, { mime: 'audio/wav' }) },
      problem: /audio can't be audio\/wav/,
    },
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
      name: 'a web link',
      fits: { type: 'image', media: link(file) },
      breaks: { type: 'image', media: link('file:///etc/passwd') },
      problem: /media_url must be an http/,
    },
    {
      name: 'latitude',
      fits: { type: 'location', latitude: 90, longitude: 180 },
      breaks: { type: 'location', latitude: 90.1, longitude: 0 },
      problem: /latitude is 90\.1/,
    },
    {
      name: 'one emoji',
      fits: { type: 'reaction', emoji: '👨‍👩‍👧‍👦', target: 'w' },
      breaks: { type: 'reaction', emoji: '👍👍', target: 'w' },
      problem: /one emoji/,
    },
    {
      name: 'contacts',
      fits: { type: 'contacts', contacts: [{ name: 'A', phones: [] }] },
      breaks: { type: 'contacts', contacts: [] },
      problem: /contacts has 0 items/,
    },
    {
      name: 'a text',
      fits: { type: 'text', text: '.' },
      breaks: { type: 'text', text: ' \n' },
      problem: /message must not be empty/,
    },
  ],
  impossible: [
    { type: 'system', event: 'x', text: 'x' },
    { type: 'unsupported', providerType: 'x', raw: {} },
    interactive({ kind: 'carousel', cards: [] }),
    interactive({ kind: 'reply', id: 'x', title: 'x' }),
  ],
  recipients: [
    ['+20 100 000 0001', 'phone:+201000000001'],
    ['00201000000001', 'phone:+201000000001'],
    ['٢٠١٠٠٠٠٠٠٠٠١', 'phone:+201000000001'],
    ['201000000001@s.whatsapp.net', 'phone:+201000000001'],
    ['@mona', undefined],
    ['12', undefined],
  ],
};
