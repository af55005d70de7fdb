import { createHash, createHmac } from 'node:crypto';
import { link, webhook, type ChannelCases } from '../cases.ts';
import { notify, secret } from './accounts.ts';
import { limits } from './limits.ts';
import { sends } from './sends.ts';

/** The published example of WAHA, and the same bytes signed as GOWA does. */
const published = '{"event":"message","session":"default","engine":"WEBJS"}';
const waha =
  '208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89';
const gowa = 'sha256=81e6782a1fd1243fc16a539973c2b21652220c313dd9aa3427d68fbafc3bcf83';

function signerWith(...secrets: string[]) {
  return { id: 'acc_1', secrets: secrets.map((webhook_secret) => ({ webhook_secret })) };
}

/** As Evolution makes it: HS256 over what it says of itself. */
function token(key: string, claims: object = {}, alg = 'HS256'): string {
  const parts = [
    { alg, typ: 'JWT' },
    { app: 'evolution', action: 'webhook', exp: 4_000_000_000, ...claims },
  ];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `Bearer ${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

const hash = `secret:${createHash('sha256').update(secret).digest('hex')}`;

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
    {
      name: "Evolution's token",
      request: webhook(published, { authorization: token('secret') }),
      signer: signerWith('other', 'secret'),
      genuine: true,
    },
    {
      name: "Evolution's token of another secret",
      request: webhook(published, { authorization: token('other') }),
      signer: signerWith('secret'),
      genuine: false,
    },
    {
      name: "Evolution's token that has run out",
      request: webhook(published, { authorization: token('secret', { exp: 1_700_000_000 }) }),
      signer: signerWith('secret'),
      genuine: false,
    },
    {
      name: "Evolution's token without an end",
      request: webhook(published, { authorization: token('secret', { exp: null }) }),
      signer: signerWith('secret'),
      genuine: false,
    },
    {
      name: 'a token that names another way of signing',
      request: webhook(published, { authorization: token('secret', {}, 'none') }),
      signer: signerWith('secret'),
      genuine: false,
    },
    {
      name: 'a credential of the caller’s own beside the right secret',
      request: webhook(published, { authorization: 'Bearer anon', 'x-webhook-secret': secret }),
      signer: signerWith(secret),
      genuine: true,
    },
    {
      name: 'the right secret beside a wrong token',
      request: webhook(published, { authorization: token('other'), 'x-webhook-secret': secret }),
      signer: signerWith(secret),
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
    { request: webhook('{"event":"messages.upsert","instance":"store evo"}'), hints: ['instance:store evo'] },
    { request: webhook('not json'), hints: [] },
  ],
  sends,
  taken: {
    answer: { status: 200, json: { messageId: 'true_201000000001@c.us_3EB0SENT' } },
    providerMessageId: '3EB0SENT',
  },
  limits,
  impossible: [
    { type: 'sticker', media: link('https://files.example.com/f') },
    { type: 'interactive', text: 'a', interactive: { kind: 'buttons', buttons: [{ id: 'a', title: 'A' }] } },
    { type: 'template', template: { name: 'a', language: 'en' } },
    { type: 'system', event: 'x', text: 'x' },
    { type: 'unsupported', providerType: 'x', raw: {} },
  ],
  recipients: [
    ['201000000001@c.us', 'phone:+201000000001'],
    ['+20 (100) 000-0001', 'phone:+201000000001'],
    ['551187654321@c.us', 'phone:+5511987654321'],
    ['+5215512345678', 'phone:+525512345678'],
    ['120363001234567890@g.us', undefined],
  ],
};
