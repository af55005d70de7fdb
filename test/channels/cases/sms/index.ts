import { createHmac } from 'node:crypto';
import type { Counterparty } from '@parley/core/domain/contact.ts';
import { asciiLimit, link, REFERENCE, textLimits, webhook, type ChannelCases, type SendCase } from '../cases.ts';

const notify = { kind: 'notify', suit_id: 'suit 9', api_key: 'key-1' };
const secret = 'dlr-1';
const victoryLink = {
  kind: 'victorylink',
  username: 'nile',
  password: 'pass word',
  sender: 'NileCoffee',
  dlr_secret: secret,
};

/** How VictoryLink is asked; `SMSID` is made from the reference. */
function asks(name: string, text: string, language: 'E' | 'A', to?: Counterparty): SendCase {
  return {
    name: `VictoryLink: ${name}`,
    body: { type: 'text', text },
    ...(to && { to }),
    request: {
      method: 'POST',
      path: '/VLSMSPlatformResellerAPI/NewSendingAPI/api/SMSSender/SendSMS',
      headers: { 'content-type': 'application/json' },
      body: {
        UserName: 'nile',
        Password: 'pass word',
        SMSText: text,
        SMSLang: language,
        SMSSender: 'NileCoffee',
        SMSReceiver: '201000000001',
        SMSID: '9ebcefdf-73b3-8490-8b2d-e115a02858be',
      },
    },
  };
}

function token(reference: string, key = secret): string {
  return createHmac('sha256', key).update(`sms report\n${reference}`).digest('hex');
}

function report(query: Record<string, string>): ReturnType<typeof webhook> {
  return webhook('', {}, new URLSearchParams(query).toString());
}

const signer = { id: 'acc_1', secrets: [victoryLink] };

export const cases: ChannelCases = {
  externalId: 'NileCoffee',
  credentials: victoryLink,
  names: ['address:NileCoffee'],
  to: { identities: [{ kind: 'phone', value: '+201000000001' }] },
  signatures: [
    { name: 'our token', request: report({ ref: REFERENCE, k: token(REFERENCE) }), signer, genuine: true },
    {
      name: 'our token and what the provider adds',
      request: report({ ref: REFERENCE, k: token(REFERENCE), Status: 'DELIVRD', ref2: 'x' }),
      signer,
      genuine: true,
    },
    {
      name: 'our token with a second question mark behind it',
      request: report({ ref: REFERENCE, k: `${token(REFERENCE)}?Status=DELIVRD` }),
      signer,
      genuine: true,
    },
    {
      name: 'our token while the secret is being changed',
      request: report({ ref: REFERENCE, k: token(REFERENCE) }),
      signer: { id: 'acc_1', secrets: [{ dlr_secret: 'new' }, victoryLink] },
      genuine: true,
    },
    {
      name: 'the token of another message',
      request: report({ ref: 'ref-2', k: token(REFERENCE) }),
      signer,
      genuine: false,
    },
    {
      name: "another account's token",
      request: report({ ref: REFERENCE, k: token(REFERENCE, 'other') }),
      signer,
      genuine: false,
    },
    { name: 'no token', request: report({ ref: REFERENCE }), signer, genuine: false },
    { name: 'no reference', request: report({ k: token('') }), signer, genuine: false },
    {
      name: 'an account that hands out no tokens',
      request: report({ ref: REFERENCE, k: token(REFERENCE, '') }),
      signer: { id: 'acc_1', secrets: [notify] },
      genuine: false,
    },
  ],
  hints: [{ request: report({ ref: REFERENCE, k: 'x' }), hints: [] }],
  sends: [
    asks('Latin text', 'Your order is ready', 'E'),
    asks('Arabic text', 'طلبك جاهز', 'A'),
    asks('extension characters', '€5 off [today] ~', 'E'),
    asks('an emoji among Latin', 'Ready 🎉', 'A'),
    asks('to a number among other identities', 'Hi', 'E', {
      identities: [
        { kind: 'email', value: 'a@example.com' },
        { kind: 'phone', value: '+201000000001' },
      ],
    }),
    {
      name: 'Notify: text',
      body: { type: 'text', text: 'طلبك جاهز' },
      credentials: notify,
      request: {
        method: 'POST',
        path: '/suit%209/send',
        headers: { appapikey: 'key-1', 'content-type': 'application/json' },
        body: {
          SMS: { message: 'طلبك جاهز', receivers: [{ userID: '201000000001', mobileNum: '00201000000001' }] },
        },
      },
      taken: { answer: { status: 200, json: { status: 'success', messageId: 'n-1' } }, providerMessageId: 'n-1' },
    },
  ],
  taken: { answer: { status: 200, text: '0' }, providerMessageId: '9ebcefdf-73b3-8490-8b2d-e115a02858be' },
  limits: [
    ...textLimits('text', 1600, 2, (text) => ({ type: 'text', text }), /message has 160[12] characters/),
    asciiLimit('text in ASCII', 1600, (text) => ({ type: 'text', text }), /the limit is 1600/),
    {
      name: 'the alphabet, where only one will do',
      fits: { type: 'text', text: 'It’s ready, €5' },
      breaks: { type: 'text', text: 'It’s ready 🎉🎉 ş' },
      options: { encoding: 'gsm' },
      problem: /^message has signs that GSM-7 lacks: ’ 🎉 ş$/,
    },
    { name: 'words', fits: { type: 'text', text: 'a' }, breaks: { type: 'text', text: ' \n' }, problem: /empty/ },
  ],
  impossible: [
    { type: 'image', media: link('https://files.example.com/f') },
    { type: 'location', latitude: 1, longitude: 2 },
    { type: 'interactive', text: 'a', interactive: { kind: 'buttons', buttons: [{ id: 'a', title: 'A' }] } },
    { type: 'template', template: { name: 'a', language: 'en' } },
    { type: 'reaction', emoji: '👍', target: 'x' },
  ],
  recipients: [
    ['+20 (100) 000-0001', 'phone:+201000000001'],
    ['00201000000001', 'phone:+201000000001'],
    ['01000000001', 'phone:+201000000001'],
    ['+52 1 55 1234 5678', 'phone:+525512345678'],
    ['NileCoffee', undefined],
  ],
};
