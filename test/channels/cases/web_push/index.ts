import type { Subscription } from '@parley/core/channels/web_push/address.ts';
import { tokenOf } from '@parley/core/channels/web_push/token.ts';
import type { Body } from '@parley/core/domain/body.ts';
import { link, REFERENCE, webhook, type ChannelCases, type SignatureCase } from '../cases.ts';
import { credentials, ENDPOINT, opened } from './account.ts';
import { newKeyPair } from '@parley/local/providers/web_push/key-pair.ts';
import { subscriptionAt } from './keys.ts';
import { limits } from './limits.ts';
import { sends } from './sends.ts';

const { public_key: key, private_key, subject, webhook_secret, origins } = credentials;
const secrets = { public_key: key, private_key, subject, webhook_secret, origins };
const signer = { id: 'acc_1', secrets: [secrets] };
const changing = { id: 'acc_1', secrets: [{ ...secrets, webhook_secret: 'the-new-secret-of-it' }, secrets] };
const former = newKeyPair();
const renewed = {
  id: 'acc_1',
  secrets: [{ ...secrets, former_keys: `${former.public_key}.${former.private_key}` }],
};
const subscription = shown(subscriptionAt('https://fcm.googleapis.com/fcm/send/a'));
const from = (origin: string) => ({ origin });

function shown({ endpoint, p256dh, auth }: Subscription) {
  return { endpoint, keys: { p256dh, auth } };
}

function valueAt(endpoint: string): string {
  const { p256dh, auth } = subscriptionAt(endpoint);
  return `${endpoint}#${p256dh}.${auth}`;
}

function receipt(name: string, token: string | undefined, genuine: boolean, who = signer, id = REFERENCE) {
  return { name, request: webhook(JSON.stringify({ event: 'delivered', id, token })), signer: who, genuine };
}

function change(name: string, body: object, headers: Record<string, string>, genuine: boolean): SignatureCase {
  const told = { event: 'subscribed', key, subscription, ...body };
  return { name, request: webhook(JSON.stringify(told), headers), signer, genuine };
}

const token = tokenOf(REFERENCE, webhook_secret);
const shopOrigin = from('https://nile.example');

const impossible: Body[] = [
  { type: 'document', media: link('https://files.example.com/f.pdf') },
  { type: 'location', latitude: 1, longitude: 2 },
  { type: 'template', template: { name: 'a', language: 'en' } },
  { type: 'reaction', emoji: '👍', target: 'x' },
  { type: 'system', event: 'x', text: 'x' },
  { type: 'interactive', text: 'x', interactive: { kind: 'list', button: 'b', sections: [] } },
  { type: 'interactive', text: 'x', interactive: { kind: 'carousel', cards: [] } },
  { type: 'interactive', text: 'x', interactive: { kind: 'reply', id: 'x', title: 'x' } },
];

export const cases: ChannelCases = {
  externalId: 'nile.example',
  credentials,
  names: [`key:${key}`, 'address:nile.example'],
  to: { identities: [{ kind: 'push_endpoint', value: valueAt(ENDPOINT) }] },
  keysOfRecipient: true,
  opened,
  signatures: [
    receipt('the token of its push', token, true),
    receipt('the token while the secret is being changed', token, true, changing),
    receipt('the token of another push', token, false, signer, 'ref-2'),
    receipt('a token made with another secret', tokenOf(REFERENCE, 'another-secret-of-it'), false),
    receipt('no token', undefined, false),
    receipt('a token where the site has no secret', tokenOf(REFERENCE, ''), false, {
      id: 'a',
      secrets: [{ ...secrets, webhook_secret: '' }],
    }),
    change('the key, from a page of the site', {}, shopOrigin, true),
    change('the key, from its other origin', {}, from('https://www.nile.example'), true),
    change('the key, from a page elsewhere', {}, from('https://evil.example'), false),
    change('the key, from an origin that only begins alike', {}, from('https://nile.example.evil.example'), false),
    change('the key and no origin', {}, {}, false),
    change('another key', { key: newKeyPair().public_key }, shopOrigin, false),
    { ...change('a key that the site had before', { key: former.public_key }, shopOrigin, true), signer: renewed },
    {
      ...change('a former key, from a page elsewhere', { key: former.public_key }, from('https://evil.example'), false),
      signer: renewed,
    },
    change('no key', { key: undefined }, shopOrigin, false),
    change('the key and no subscription', { subscription: { endpoint: 'https://x.example' } }, shopOrigin, false),
  ],
  hints: [
    { request: webhook(JSON.stringify({ event: 'subscribed', key })), hints: [`key:${key}`] },
    { request: webhook(JSON.stringify({ event: 'subscribed', key: 'x' })), hints: [] },
    { request: webhook('not json'), hints: [] },
  ],
  sends,
  taken: {
    answer: { status: 201, headers: { location: 'https://push.example.com/m/1' } },
    providerMessageId: REFERENCE,
  },
  limits,
  impossible,
  recipients: [
    [JSON.stringify(subscription), `push_endpoint:${valueAt(subscription.endpoint)}`],
    [valueAt('https://web.push.apple.com/Q'), `push_endpoint:${valueAt('https://web.push.apple.com/Q')}`],
    [valueAt('https://push.example.com/Q'), undefined],
    ['https://web.push.apple.com/Q', undefined],
    ['{', undefined],
    ['+201000000001', undefined],
  ],
};
