import assert from 'node:assert/strict';
import test from 'node:test';
import type { Channel, Outgoing } from '@parley/core/channels/contract.ts';
import { readAs } from '@parley/core/channels/shared/read.ts';
import { withProvider, type Captured } from '../../provider.ts';
import { accountOf, link, REFERENCE, type ChannelCases } from '../cases.ts';
import { answered, challenged, graphError, sharedCodes, type CodeCase } from './graph.ts';

/** One of Meta's products, with what tests need of it beside its cases. */
export interface Product {
  channel: Channel;
  cases: ChannelCases;
  /** codes that only it has */
  codes: CodeCase[];
  /** how its files' links look */
  file: string;
  /** what the other product's webhooks are of */
  other: string;
  /** what an answer within 24 hours says of its type */
  plainType: string | undefined;
}

/** What Messenger and Instagram have to do alike. */
export function testProduct(product: Product): void {
  for (const code of [...sharedCodes, ...product.codes]) testCode(product, code);
  testUnclearAnswers(product);
  testSecrets(product);
  testFiles(product);
  testTypes(product);
  testActions(product);
}

function testCode({ channel, cases }: Product, [code, subcode, status, kind, retryable, permanent]: CodeCase): void {
  const { label } = channel.manifest;
  const what = subcode === 0 ? String(code) : `${code}/${subcode}`;
  test(`${label}: ${what} with ${status} is ${kind}, ${retryable ? 'tried again' : 'not tried again'}`, async () => {
    const reply = graphError(status, code, subcode === 0 ? {} : { subcode });
    const { receipt } = await answered(channel, cases, reply);
    assert.equal(receipt.outcome, 'refused');
    const { error } = receipt;
    assert.deepEqual(
      [error.class, receipt.retryable, error.permanent, error.providerCode],
      [kind, retryable, permanent, what],
    );
    assert.match(error.message, /^[A-Z].+\.$/);
    assert.doesNotMatch(JSON.stringify(receipt), /private words|EAAG|IGAA/);
  });
}

function testUnclearAnswers({ channel, cases }: Product): void {
  const { label } = channel.manifest;

  test(`${label}: what may have been sent is never called refused`, async () => {
    const replies = [
      graphError(400, 1, { subcode: 1_357_046 }),
      graphError(500, 999_999),
      { status: 200, json: { recipient_id: '1' } },
      { status: 200, text: 'ok' },
    ];
    for (const reply of replies) assert.equal((await answered(channel, cases, reply)).receipt.outcome, 'unknown');
  });

  test(`${label}: an unknown failure that passes is tried again`, async () => {
    const { receipt } = await answered(channel, cases, graphError(500, 999_999, { transient: true }));
    assert.equal(receipt.outcome === 'refused' && receipt.retryable, true);
  });

  test(`${label}: a reaction is answered without an id`, async () => {
    const body = { type: 'reaction', emoji: '❤', target: 'm_1' } as const;
    const { receipt } = await answered(channel, cases, { status: 200, json: { recipient_id: '1' } }, body);
    assert.deepEqual(receipt, { outcome: 'accepted' });
    assert.equal((await answered(channel, cases, { status: 200, json: {} }, body)).receipt.outcome, 'unknown');
  });
}

function testSecrets({ channel, other }: Product): void {
  const { label } = channel.manifest;

  test(`${label}: the subscription check is answered with the challenge, by either verify token`, () => {
    const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'token', 'hub.challenge': '1158201444' };
    assert.equal(challenged(channel, asked), '1158201444');
    assert.equal(challenged(channel, { ...asked, 'hub.verify_token': 'old' }), '1158201444');
    for (const wrong of ['other', ''])
      assert.equal(challenged(channel, { ...asked, 'hub.verify_token': wrong }), undefined);
    assert.equal(challenged(channel, { ...asked, 'hub.mode': 'unsubscribe' }), undefined);
    for (const bad of ['', '<script>', 'a'.repeat(201), 'a\nb'])
      assert.equal(challenged(channel, { ...asked, 'hub.challenge': bad }), undefined);
  });

  test(`${label}: a payload of another product is set aside whole`, async () => {
    const payload = { object: other, entry: [{}] };
    const own = other === 'page' ? 'instagram' : 'page';
    assert.deepEqual(await channel.normalise(payload), [
      { ok: false, reason: `not a webhook of '${own}'`, raw: payload },
    ]);
  });
}

function testFiles({ channel, cases, file }: Product): void {
  const { label } = channel.manifest;

  test(`${label}: a received file is fetched from its link, where no token goes`, async () => {
    const account = accountOf(cases, 'https://graph.example');
    assert.deepEqual(await channel.locateMedia({ link: file }, account), { ok: true, url: file, headers: {} });
    for (const media of [{}, { link: 'nowhere' }]) {
      const location = await channel.locateMedia(media, account);
      assert.equal(!location.ok && location.permanent, true);
    }
  });
}

const HOUR_MS = 3_600_000;

function testTypes(product: Product): void {
  const { label } = product.channel.manifest;
  const human = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
  const byPerson = true;
  const plain = product.plainType === undefined ? {} : { messaging_type: product.plainType };

  const cases: [string, Partial<Outgoing>, object][] = [
    ['by a person an hour after the customer wrote', { ...ago(1), byPerson }, plain],
    ['by a person a minute before 24 hours are over', { ...ago(24 - 1 / 60), byPerson }, plain],
    ['by a person 24 hours after the customer wrote', { ...ago(24), byPerson }, human],
    ['by a person a minute before 7 days are over', { ...ago(7 * 24 - 1 / 60), byPerson }, human],
    ['by a person 7 days after the customer wrote', { ...ago(7 * 24), byPerson }, plain],
    ['by a program an hour after the customer wrote', ago(1), plain],
    ['by a program 24 hours after the customer wrote', ago(24), plain],
    ['by a program that asks for the tag after 24 hours', { ...ago(24), options: { tag: 'HUMAN_AGENT' } }, human],
    ['when nobody knows when the customer wrote', {}, plain],
    ['with a tag', { ...ago(1), options: { tag: 'HUMAN_AGENT' } }, human],
    ['with a type, however late', { ...ago(30), options: { messaging_type: 'UPDATE' } }, { messaging_type: 'UPDATE' }],
  ];
  for (const [when, more, type] of cases) {
    test(`${label}: an answer ${when} is of type ${JSON.stringify(type)}`, async () => {
      const { messaging_type, tag } = (await sent(product, more)) as Record<string, unknown>;
      assert.deepEqual(
        { ...(messaging_type !== undefined && { messaging_type }), ...(tag !== undefined && { tag }) },
        type,
      );
    });
  }

  test(`${label}: an app without the feature for late answers leaves the account as good as it is`, async () => {
    for (const [options, kind] of [
      [{ tag: 'HUMAN_AGENT' }, 'window_closed'],
      [{}, 'auth'],
    ] as const) {
      const { channel, cases } = product;
      const { receipt } = await answered(channel, cases, graphError(403, 10), undefined, options);
      assert.equal(receipt.outcome === 'refused' && receipt.error.class, kind);
    }
  });

  test(`${label}: a tag and a type that contradict each other are refused`, async () => {
    const options = await product.channel.options?.();
    assert.ok(options);
    for (const good of [{}, { tag: 'HUMAN_AGENT' }, { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }])
      assert.deepEqual(readAs(options, good), good);
    for (const bad of [
      { messaging_type: 'MESSAGE_TAG' },
      { messaging_type: 'RESPONSE', tag: 'HUMAN_AGENT' },
      { tag: 'ACCOUNT_UPDATE' },
      { messaging_type: 'UTILITY' },
      { nonsense: 1 },
    ])
      assert.equal(readAs(options, bad), undefined, JSON.stringify(bad));
  });
}

function ago(hours: number): Pick<Outgoing, 'lastInboundAt'> {
  return { lastInboundAt: Date.now() - hours * HOUR_MS };
}

/** The JSON of one send. */
function sent({ channel, cases }: Product, more: Partial<Outgoing>): Promise<unknown> {
  return withProvider(cases.taken.answer, async ({ url, requests }) => {
    const outgoing = { reference: REFERENCE, to: cases.to, body: { type: 'text', text: 'hi' } as const, ...more };
    assert.equal((await channel.send(outgoing, accountOf(cases, url))).outcome, 'accepted');
    return requests[0]?.body;
  });
}

function testActions({ channel, cases }: Product): void {
  const { label } = channel.manifest;
  const to = cases.to;

  test(`${label}: typing and reading are shown to the customer; nothing that was sent can be changed`, async () => {
    await withProvider({ status: 200, json: { recipient_id: '1' } }, async ({ url, requests }) => {
      const account = accountOf(cases, url);
      assert.deepEqual(await channel.act?.({ kind: 'typing', to }, account), { ok: true });
      assert.deepEqual(await channel.act?.({ kind: 'read', to, providerMessageId: 'm' }, account), { ok: true });
      const deleted = await channel.act?.({ kind: 'delete', to, providerMessageId: 'm' }, account);
      assert.equal(deleted?.ok, false);
      const recipient = { id: to.identities[0].value };
      assert.deepEqual(
        requests.map(({ body }: Captured) => body),
        [
          { recipient, sender_action: 'typing_on' },
          { recipient, sender_action: 'mark_seen' },
        ],
      );
    });
  });

  test(`${label}: an action that Graph refuses says why`, async () => {
    await withProvider(graphError(400, 551, { subcode: 1_545_041 }), async ({ url }) => {
      const done = await channel.act?.({ kind: 'typing', to }, accountOf(cases, url));
      assert.equal(done && !done.ok && done.error.class, 'recipient_unavailable');
    });
  });

  test(`${label}: a file that no link leads to and nobody can read is not sent`, async () => {
    const body = { type: 'image', media: { ...link(''), link: undefined, key: 'k' } } as never;
    const { receipt, asked } = await answered(channel, cases, cases.taken.answer, body);
    assert.equal(receipt.outcome === 'refused' && !receipt.retryable, true);
    assert.equal(asked.length, 0);
  });
}
