import assert from 'node:assert/strict';
import test from 'node:test';
import type { Capabilities, Channel } from '@parley/core/channels/contract.ts';
import type { Body } from '@parley/core/domain/body.ts';
import { waysOf } from '@parley/core/domain/degrade-ways.ts';
import type { Kind, Way } from '@parley/core/domain/degrade-ways.ts';
import { degrade } from '@parley/core/domain/degrade.ts';
import { registered } from './registered.ts';
import { fileOf, interactiveKinds, mediaKinds, question } from './samples.ts';

const tea = { count: 2, title: 'Tea' };
const template = { name: 'hello', language: 'en' };

/** One of every kind of message, within the limits of the channel where it has that kind. */
function samplesOf(can: Capabilities): [Kind, Body][] {
  return [
    ['text', { type: 'text', text: 'Hello' }],
    ...interactiveKinds.map((kind): [Kind, Body] => [kind, question(kind, tea, can.interactive[kind])]),
    ...mediaKinds.map((kind): [Kind, Body] => {
      const unseen = { status: 'ready' as const, link: 'https://shop.example/1' };
      return [kind, can.media[kind] ? fileOf(kind, can) : { type: kind, media: unseen }];
    }),
    ['location', { type: 'location', latitude: 30.04, longitude: 31.23, name: 'Shop' }],
    ['contacts', { type: 'contacts', contacts: [{ name: 'Ana', phones: ['+201551100001'] }] }],
    ['template', { type: 'template', template }],
    ['reaction', { type: 'reaction', emoji: '❤️', target: '77:12345' }],
    ['email', { type: 'email', subject: 'Order 7', text: 'Thanks', attachments: [] }],
  ];
}

for (const { name, channel } of registered) {
  test(`${name}: every kind of message goes, goes in another form, or is refused by its name`, async () => {
    const can = await channel.capabilities();
    const ways = waysOf(can);
    const samples = samplesOf(can);
    assert.deepEqual(samples.map(([kind]) => kind).toSorted(), Object.keys(ways).toSorted());
    for (const [kind, body] of samples) assert.equal(await wayOf(channel, body), ways[kind], kind);
  });

  test(`${name}: more choices than it has are numbered`, async () => {
    const { interactive } = await channel.capabilities();
    for (const kind of ['buttons', 'quick_replies', 'list', 'carousel'] as const) {
      const limit = interactive[kind];
      const body = question(kind, { count: (limit?.count ?? 0) + 1, title: 'Tea' }, limit);
      assert.equal(await wayOf(channel, body), 'numbered_text', kind);
    }
  });

  test(`${name}: what was tapped, and what is no message, is refused`, async () => {
    const bodies: Body[] = [
      { type: 'interactive', interactive: { kind: 'reply', id: 'a', title: 'A' }, text: 'A' },
      { type: 'system', event: 'joined', text: 'Ana joined' },
      { type: 'unsupported', providerType: 'poll', raw: {} },
    ];
    for (const body of bodies) assert.equal(await wayOf(channel, body), 'refused', body.type);
  });

  test(`${name}: a template goes, or the words beside it do`, async () => {
    const found = await wayOf(channel, { type: 'template', template, text: 'Hello' });
    assert.equal(found, (await channel.capabilities()).template ? 'as_is' : 'text');
  });
}

/** A refusal names what was asked for and says what the channel takes instead. */
async function wayOf(channel: Channel, asked: Body): Promise<Way> {
  const { body, degraded } = degrade(asked, await channel.capabilities(), channel.manifest.label);
  const problem = await channel.check(body);
  if (problem) {
    assert.equal(problem.status, 422);
    assert.match(problem.message, new RegExp(`'${asked.type}|media_url`));
    assert.ok(problem.hint, problem.message);
    return 'refused';
  }
  if (degraded === undefined) {
    assert.equal(body, asked);
    return 'as_is';
  }
  if (body.type !== 'text') return body.type as Way;
  if (body.text.includes('https://maps.google.com/')) return 'map_link';
  return /^1\. /m.test(body.text) ? 'numbered_text' : 'text';
}
