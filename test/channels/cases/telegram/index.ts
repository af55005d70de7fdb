import { createHash } from 'node:crypto';
import { interactive } from '../bodies.ts';
import { webhook, type ChannelCases } from '../cases.ts';
import { limits } from './limits.ts';
import { sends } from './sends.ts';
import { addressedSends } from './sends-addresses.ts';
import { choiceSends } from './sends-choices.ts';

const secret = 'Secret_token-1';
const header = { 'x-telegram-bot-api-secret-token': secret };
const signer = { id: 'acc_1', secrets: [{ bot_token: '7001:AAE-x', secret_token: secret }] };

export const cases: ChannelCases = {
  externalId: '7001',
  credentials: { bot_token: '7001:AAE-x', secret_token: secret },
  names: [`secret:${createHash('sha256').update(secret).digest('hex')}`, 'address:7001'],
  to: { identities: [{ kind: 'telegram_chat', value: '5000000001' }] },
  signatures: [
    { name: 'the secret', request: webhook('{}', header), signer, genuine: true },
    {
      name: 'the secret while it is being changed',
      request: webhook('{}', header),
      signer: { id: 'a', secrets: [{ secret_token: 'new' }, { secret_token: secret }] },
      genuine: true,
    },
    {
      name: 'another secret',
      request: webhook('{}', { 'x-telegram-bot-api-secret-token': 'Secret_token-2' }),
      signer,
      genuine: false,
    },
    {
      name: 'a longer secret',
      request: webhook('{}', { 'x-telegram-bot-api-secret-token': `${secret}1` }),
      signer,
      genuine: false,
    },
    { name: 'no secret', request: webhook('{}'), signer, genuine: false },
    {
      name: 'an empty secret on both sides',
      request: webhook('{}', { 'x-telegram-bot-api-secret-token': '' }),
      signer: { id: 'a', secrets: [{ secret_token: '' }] },
      genuine: false,
    },
  ],
  hints: [
    { request: webhook('{}', header), hints: [`secret:${createHash('sha256').update(secret).digest('hex')}`] },
    { request: webhook('{}'), hints: [] },
  ],
  sends: [...sends, ...choiceSends, ...addressedSends],
  taken: {
    answer: {
      status: 200,
      json: { ok: true, result: { message_id: 77, date: 1763800000, chat: { id: 5000000001, type: 'private' } } },
    },
    providerMessageId: '5000000001:77',
  },
  limits,
  impossible: [
    { type: 'template', template: { name: 'a', language: 'en' } },
    { type: 'system', event: 'x', text: 'x' },
    { type: 'unsupported', providerType: 'x', raw: {} },
    interactive({ kind: 'carousel', cards: [] }),
    interactive({ kind: 'reply', id: 'x', title: 'x' }),
  ],
  recipients: [
    ['5000000001', 'telegram_chat:5000000001'],
    ['-1001234567890', 'group:-1001234567890'],
    ['-1001234567890/7', 'group:-1001234567890/7'],
    ['-1001234567890/d5000000001', 'group:-1001234567890/d5000000001'],
    ['5000000001/7', undefined],
    ['-1001234567890/0', undefined],
    ['@shop_news', 'telegram_chat:@shop_news'],
    ['+201000000001', undefined],
    ['0', undefined],
    ['99999999999999999999', undefined],
    ['@x', undefined],
  ],
};
