import assert from 'node:assert/strict';
import test from 'node:test';
import type { Capabilities, InteractiveKind, InteractiveLimit } from '@parley/core/channels/contract.ts';
import type { Body, Interactive, MediaKind } from '@parley/core/domain/body.ts';
import type { TextLimit } from '@parley/core/domain/text-length.ts';
import { registered } from './registered.ts';
import { fileOf, interactiveKinds, interactiveOf, mediaKinds, question, typeOf } from './samples.ts';

/** What a channel says it can do, and a body that shows whether it is so. */
type Claim = [what: string, body: Body, taken: boolean];

for (const { name, channel } of registered) {
  test(`${name}: takes what its capabilities say, and not one more`, async () => {
    const can = await channel.capabilities();
    const claims = [...texts(can), ...interactives(can), ...files(can), ...others(can)];
    for (const [what, body, taken] of claims) {
      const problem = await channel.check(body);
      assert.equal(problem === undefined, taken, `${what}: ${problem?.message ?? 'is taken'}`);
      if (problem) assert.equal(problem.status, 422);
    }
  });

  test(`${name}: names the reactions it takes where only some go`, async () => {
    const { reaction, reactions } = await channel.capabilities();
    assert.equal(reactions !== undefined, reaction === 'some');
    if (!reactions) return;
    const target = targets[name] ?? '';
    const check = (emoji: string) => channel.check({ type: 'reaction', emoji, target });
    for (const emoji of reactions) assert.equal(await check(emoji), undefined, emoji);
    assert.equal((await check('🧇'))?.status, 422);
    assert.equal(await check('❤️'), undefined, 'as a picture or as a sign, it is the same emoji');
  });

  test(`${name}: does what it lists as actions, and has no other`, async () => {
    const { actions } = await channel.capabilities();
    assert.equal(new Set(actions).size, actions.length);
    assert.equal(channel.act !== undefined, actions.length > 0);
    const changes = actions.includes('edit') || actions.includes('delete');
    assert.ok(!changes || channel.manifest.revisions, 'what can be changed is told of as a revision');
  });

  test(`${name}: has a text for whatever it can do nothing about`, async () => {
    const can = await channel.capabilities();
    assert.ok(can.text.max >= 160, 'what is not sent as it is goes as a text');
    assert.equal(can.mail ?? false, channel.manifest.mail ?? false);
  });
}

/** A message of the channel, as its provider names it. */
const targets: Record<string, string> = { telegram: '5000000001:50', instagram: 'mid.1' };

/** So many signs, and one more. */
function around(limit: TextLimit): [string, string] {
  return ['x'.repeat(limit.max), 'x'.repeat(limit.max + 1)];
}

function texts(can: Capabilities): Claim[] {
  const [fits, breaks] = around(can.text);
  const captioned = mediaKinds.find((kind) => can.media[kind]?.caption);
  const own: Claim[] = [
    ['a text at its limit', { type: 'text', text: fits }, true],
    ['a text beyond it', { type: 'text', text: breaks }, false],
  ];
  if (captioned === undefined || !can.caption) {
    assert.ok(captioned === undefined && !can.caption, 'captions have a limit where files take them');
    return own;
  }
  const [short, long] = around(can.caption);
  return [
    ...own,
    ['a caption at its limit', { ...fileOf(captioned, can), text: short }, true],
    ['a caption beyond it', { ...fileOf(captioned, can), text: long }, false],
  ];
}

function interactives(can: Capabilities): Claim[] {
  return interactiveKinds.flatMap((kind): Claim[] => {
    const limit = can.interactive[kind];
    const some: Claim = [kind, question(kind, { count: 2, title: 'Tea' }, limit), limit !== undefined];
    return limit
      ? [some, ...counts(kind, limit), ...titles(kind, limit), ...messages(kind, limit), ...frames(kind, limit)]
      : [some];
  });
}

function counts(kind: InteractiveKind, limit: InteractiveLimit): Claim[] {
  if (kind === 'link_button' || kind === 'location_request') return [];
  return [
    [`${limit.count} ${kind}`, question(kind, { count: limit.count, title: 'Tea' }, limit), true],
    [`${limit.count + 1} ${kind}`, question(kind, { count: limit.count + 1, title: 'Tea' }, limit), false],
  ];
}

/** A carousel has two cards at least. */
function titles(kind: InteractiveKind, limit: InteractiveLimit): Claim[] {
  if (kind === 'location_request') return [];
  const count = kind === 'carousel' ? 2 : 1;
  const [fits, breaks] = around(limit.title);
  return [
    [`a title of ${kind} at its limit`, question(kind, { count, title: fits }, limit), true],
    [`a title of ${kind} beyond it`, question(kind, { count, title: breaks }, limit), false],
  ];
}

function messages(kind: InteractiveKind, limit: InteractiveLimit): Claim[] {
  if (!limit.text) return [];
  const body = question(kind, { count: 2, title: 'Tea' }, limit);
  const [fits, breaks] = around(limit.text);
  return [
    [`a message above ${kind} at its limit`, { ...body, text: fits }, true],
    [`a message above ${kind} beyond it`, { ...body, text: breaks }, false],
  ];
}

const parts = {
  header: 'Hello',
  file: { type: 'image', media: { status: 'ready', link: 'https://shop.example/1.jpg', mime: 'image/jpeg' } },
  footer: 'Goodbye',
} as const;

/** Which parts a kind can have is the model's; which of them reach the customer is the channel's. */
const partsOf: { [kind in InteractiveKind]?: (keyof typeof parts)[] } = {
  buttons: ['header', 'file', 'footer'],
  list: ['header', 'footer'],
  link_button: ['header', 'file', 'footer'],
};

function frames(kind: InteractiveKind, limit: InteractiveLimit): Claim[] {
  return (partsOf[kind] ?? []).map((part): Claim => {
    const interactive: Interactive = { ...interactiveOf(kind, { count: 1, title: 'Tea' }), [part]: parts[part] };
    return [
      `${part} of ${kind}`,
      { type: 'interactive', interactive, text: 'Which?' },
      limit.around?.includes(part) ?? true,
    ];
  });
}

function files(can: Capabilities): Claim[] {
  return mediaKinds.flatMap((kind): Claim[] => {
    const limit = can.media[kind];
    const body = fileOf(kind, can);
    if (!limit) return [[kind, body, false]];
    const sized = (size: number): Body => ({ ...body, media: { ...body.media, size } });
    return [
      [`${kind} at its size`, sized(limit.maxBytes), true],
      [`${kind} beyond it`, sized(limit.maxBytes + 1), false],
      [`${kind} with a text`, { ...body, text: 'Look' }, limit.caption],
      ...limit.types.map((type): Claim => [`${kind} of ${type}`, typed(body, typeOf(type, kind)), true]),
      [`${kind} whose type has a parameter`, typed(body, `${typeOf(limit.types[0], kind).toUpperCase()}; q=1`), true],
      [`${kind} of another type`, typed(body, 'chemical/x-pdb'), limit.types.includes('*')],
    ];
  });
}

function typed(body: Extract<Body, { type: MediaKind }>, mime: string): Body {
  return { ...body, media: { ...body.media, mime } };
}

function others(can: Capabilities): Claim[] {
  const takes = can.reaction !== 'none';
  return [
    ['a place', { type: 'location', latitude: 30.04, longitude: 31.23 }, can.location],
    [`${can.contacts} contacts`, cards(Math.max(can.contacts, 1)), can.contacts > 0],
    [`${can.contacts + 1} contacts`, cards(can.contacts + 1), false],
    ['a template', { type: 'template', template: { name: 'hello', language: 'en' } }, can.template],
    ['a heart', react('❤️'), takes],
    ['no reaction any more', react(null), takes],
    ['a word as a reaction', react('Hello'), false],
    ['a mail', { type: 'email', subject: 'Order 7', text: 'Thanks', attachments: [] }, can.mail ?? false],
  ];
}

function cards(count: number): Body {
  const contacts = Array.from({ length: count }, () => ({ name: 'Ana', phones: ['+201551100001'] }));
  return { type: 'contacts', contacts };
}

function react(emoji: string | null): Body {
  return { type: 'reaction', emoji, target: '77:12345' };
}
