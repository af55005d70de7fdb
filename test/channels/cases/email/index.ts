import { createHmac } from 'node:crypto';
import type { WebhookRequest } from '@parley/core/channels/contract.ts';
import type { Body } from '@parley/core/domain/body.ts';
import { asciiLimit, link, textLimits, webhook, type ChannelCases } from '../cases.ts';

const secret = 'a webhook secret';
const credentials = { user: 'support@nile.example', password: 'pass word', webhook_secret: secret };
const signer = { id: 'acc_1', secrets: [credentials] };
const MB = 1024 * 1024;

const delivery = JSON.stringify({
  envelope: { from: 'mona@customers.example', to: ['Support+x@NILE.example'] },
  raw: Buffer.from('From: mona@customers.example\r\n\r\nHi').toString('base64'),
});
const raw = 'From: mona@customers.example\r\nSubject: =?utf-8?Q?=C3=A9?=\r\n\r\nHi';

/** Signed as a server that posts mail has to. */
function signed(body: string, { key = secret, age = 0, more = {} }: Signing = {}): WebhookRequest {
  const time = Math.floor(Date.now() / 1000) - age;
  const signature = createHmac('sha256', key).update(`${time}.`).update(body).digest('hex');
  return webhook(body, { 'x-parley-signature': `t=${time},v1=${signature}`, ...more });
}

interface Signing {
  key?: string;
  /** seconds */
  age?: number;
  more?: Record<string, string>;
}

const rfc822 = {
  'content-type': 'message/rfc822',
  'x-envelope-from': 'mona@customers.example',
  'x-envelope-to': 'support@nile.example',
};

/** The link of a mail that ends such mail. */
function leaving(address: string, key = secret, method = 'POST'): WebhookRequest {
  const name = Buffer.from(address).toString('base64url');
  const proof = createHmac('sha256', key).update(`unsubscribe\n${name}`).digest('hex').slice(0, 32);
  return {
    ...webhook('List-Unsubscribe=One-Click', {}, new URLSearchParams({ u: `${name}.${proof}` }).toString()),
    method,
  };
}

function email(more: object): Body {
  return { type: 'email', subject: 'Order', text: 'Ready', attachments: [], ...more };
}

const file = link('https://files.example.com/f.pdf');

export const cases: ChannelCases = {
  externalId: 'Support@nile.example',
  credentials,
  names: ['address:support@nile.example', 'shared:support@nile.example'],
  overSmtp: true,
  to: { identities: [{ kind: 'email', value: 'mona@customers.example' }] },
  signatures: [
    { name: 'our signature of its JSON', request: signed(delivery), signer, genuine: true },
    { name: 'our signature of its bytes', request: signed(raw, { more: rfc822 }), signer, genuine: true },
    {
      name: 'our signature while the secret is being changed',
      request: signed(delivery),
      signer: { id: 'acc_1', secrets: [{ ...credentials, webhook_secret: 'the new one' }, credentials] },
      genuine: true,
    },
    { name: "another account's signature", request: signed(delivery, { key: 'other' }), signer, genuine: false },
    { name: 'a signature that somebody kept', request: signed(delivery, { age: 301 }), signer, genuine: false },
    { name: 'a signature from the future', request: signed(delivery, { age: -310 }), signer, genuine: false },
    {
      name: 'another body',
      request: { ...signed(delivery), body: new TextEncoder().encode(`${delivery} `) },
      signer,
      genuine: false,
    },
    { name: 'no signature', request: webhook(delivery), signer, genuine: false },
    {
      name: 'an account without a secret',
      request: signed(delivery, { key: '' }),
      signer: { id: 'acc_1', secrets: [{}] },
      genuine: false,
    },
    { name: 'the link of a mail', request: leaving('mona@customers.example'), signer, genuine: true },
    { name: 'the link looked at', request: leaving('mona@customers.example', secret, 'GET'), signer, genuine: true },
    { name: "another account's link", request: leaving('mona@customers.example', 'other'), signer, genuine: false },
    {
      name: 'a link and a signature',
      request: { ...signed(delivery), query: new URLSearchParams({ u: 'x.y' }) },
      signer,
      genuine: false,
    },
  ],
  hints: [
    { request: signed(delivery), hints: ['address:support+x@nile.example', 'address:support@nile.example'] },
    { request: signed(raw, { more: rfc822 }), hints: ['address:support@nile.example'] },
    { request: webhook('{}'), hints: [] },
  ],
  sends: [
    { name: 'text', body: { type: 'text', text: 'Ready' } },
    { name: 'a mail', body: email({}) },
    { name: 'a mail of a file alone', body: email({ text: '', attachments: [file] }) },
    { name: 'a picture', body: { type: 'image', media: file } },
    { name: 'a document with words', body: { type: 'document', media: file, text: 'The invoice' } },
  ].map((one) => ({ ...one, body: one.body as Body, request: { method: 'DATA', path: '', body: '' } })),
  taken: { answer: { status: 250 }, providerMessageId: '' },
  limits: [
    ...textLimits('text', 65_536, 2, (text) => ({ type: 'text', text }), /message has 6553[78] characters/),
    asciiLimit('subject', 255, (subject) => email({ subject }), /subject has 256 characters.*limit is 255/),
    {
      name: 'a subject of one line',
      fits: email({ subject: 'a b' }),
      breaks: email({ subject: 'a\r\nBcc: x@y.example' }),
      problem: /one line/,
    },
    { name: 'words', fits: email({}), breaks: email({ text: ' ' }), problem: /empty/ },
    {
      name: 'copies',
      fits: email({ cc: ['a@b.example'] }),
      breaks: email({ cc: ['a@b.example', 'nobody'] }),
      problem: /cc\[1\]/,
    },
    {
      name: 'the number of copies',
      fits: email({ cc: Array.from({ length: 50 }, () => 'a@b.example') }),
      breaks: email({ cc: Array.from({ length: 51 }, () => 'a@b.example') }),
      problem: /51 items/,
    },
    {
      name: 'files together',
      fits: email({
        attachments: [
          { ...file, size: 9 * MB },
          { ...file, size: 9 * MB },
        ],
      }),
      breaks: email({
        attachments: [
          { ...file, size: 9 * MB },
          { ...file, size: 9 * MB + 1 },
        ],
      }),
      problem: /18874369 bytes; the limit is 18874368/,
    },
    {
      name: 'the number of files',
      fits: email({ attachments: Array.from({ length: 20 }, () => file) }),
      breaks: email({ attachments: Array.from({ length: 21 }, () => file) }),
      problem: /21 items/,
    },
    {
      name: "a file's link",
      fits: email({ attachments: [file] }),
      breaks: email({ attachments: [link('ftp://x/y')] }),
      problem: /attachments\[0\].url/,
    },
  ],
  impossible: [
    { type: 'location', latitude: 1, longitude: 2 },
    { type: 'sticker', media: file },
    { type: 'interactive', text: 'a', interactive: { kind: 'buttons', buttons: [{ id: 'a', title: 'A' }] } },
    { type: 'template', template: { name: 'a', language: 'en' } },
    { type: 'reaction', emoji: '👍', target: 'x' },
  ],
  recipients: [
    ['Mona@Customers.Example', 'email:mona@customers.example'],
    [' Mona Hassan <mona+news@customers.example> ', 'email:mona+news@customers.example'],
    ['منى@مثال.إختبار', 'email:منى@xn--mgbh0fb.xn--kgbechtv'],
    ['mona@bücher.example', 'email:mona@xn--bcher-kva.example'],
    ['mona', undefined],
    ['mona@localhost', undefined],
    ['mona@127.0.0.1', undefined],
    ['mona@customers.example\r\nBcc: x@y.example', undefined],
    ['"mona"@customers.example', undefined],
    ['a@b@c.example', undefined],
    ['@customers.example', undefined],
    [`${'x'.repeat(65)}@customers.example`, undefined],
  ],
};
