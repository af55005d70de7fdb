import assert from 'node:assert/strict';
import test from 'node:test';
import { channel } from '@parley/core/channels/messenger/index.ts';
import { accountOf } from './cases/cases.ts';
import { answered, challenged, graphError, sharedCodes, type CodeCase } from './cases/meta/graph.ts';
import { cases } from './cases/messenger/index.ts';

const codes: CodeCase[] = [
  ...sharedCodes,
  [9, 2018352, 400, 'rate_limited', false, false],
  [10, 2018278, 400, 'window_closed', false, true],
  [10, 1893063, 400, 'account_restricted', false, false],
  [10, 2018336, 400, 'invalid', false, true],
  [613, 2018338, 400, 'account_restricted', false, false],
  [2022, 0, 400, 'account_restricted', false, false],
  [2018173, 0, 400, 'media_problem', false, true],
  [100, 2018188, 400, 'media_problem', false, true],
];

for (const [code, subcode, status, kind, retryable, permanent] of codes) {
  const what = subcode === 0 ? String(code) : `${code}/${subcode}`;
  test(`Messenger: ${what} with ${status} is ${kind}, ${retryable ? 'tried again' : 'not tried again'}`, async () => {
    const reply = graphError(status, code, subcode === 0 ? {} : { subcode });
    const { receipt } = await answered(channel, cases, reply);
    assert.equal(receipt.outcome, 'refused');
    const { error } = receipt;
    assert.deepEqual(
      [error.class, receipt.retryable, error.permanent, error.providerCode],
      [kind, retryable, permanent, what],
    );
    assert.match(error.message, /^[A-Z].+\.$/);
    assert.doesNotMatch(JSON.stringify(receipt), /private words|EAAG/);
  });
}

test('Messenger: what may have been sent is never called refused', async () => {
  const replies = [
    graphError(400, 1, { subcode: 1_357_046 }),
    graphError(500, 999_999),
    { status: 200, json: { recipient_id: '1' } },
    { status: 200, text: 'ok' },
  ];
  for (const reply of replies) assert.equal((await answered(channel, cases, reply)).receipt.outcome, 'unknown');
});

test('Messenger: an unknown failure that passes is tried again', async () => {
  const { receipt } = await answered(channel, cases, graphError(500, 999_999, { transient: true }));
  assert.equal(receipt.outcome === 'refused' && receipt.retryable, true);
});

test('Messenger: a reaction is answered without an id', async () => {
  const body = { type: 'reaction', emoji: '❤', target: 'm_1' } as const;
  const { receipt } = await answered(channel, cases, { status: 200, json: { recipient_id: '1' } }, body);
  assert.deepEqual(receipt, { outcome: 'accepted' });
  assert.equal((await answered(channel, cases, { status: 200, json: {} }, body)).receipt.outcome, 'unknown');
});

test('Messenger: the subscription check is answered with the challenge', () => {
  const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'token', 'hub.challenge': '1158201444' };
  assert.equal(challenged(channel, asked), '1158201444');
  assert.equal(challenged(channel, { ...asked, 'hub.verify_token': 'old' }), '1158201444');
  for (const wrong of ['other', ''])
    assert.equal(challenged(channel, { ...asked, 'hub.verify_token': wrong }), undefined);
  assert.equal(challenged(channel, { ...asked, 'hub.mode': 'unsubscribe' }), undefined);
  for (const bad of ['', '<script>', 'a'.repeat(201), 'a\nb'])
    assert.equal(challenged(channel, { ...asked, 'hub.challenge': bad }), undefined);
});

test('Messenger: a file is fetched from its link, where no token goes', async () => {
  const link = 'https://scontent.xx.fbcdn.net/v/1.jpg?oh=1';
  const account = accountOf(cases, 'https://graph.example') as Parameters<typeof channel.locateMedia>[1];
  assert.deepEqual(await channel.locateMedia({ link }, account), { ok: true, url: link, headers: {} });
  for (const media of [{}, { link: 'nowhere' }]) {
    const location = await channel.locateMedia(media, account);
    assert.equal(!location.ok && location.permanent, true);
  }
});

test('Messenger: a payload of another product is set aside whole', () => {
  const payload = { object: 'instagram', entry: [{}] };
  assert.deepEqual(channel.normalise(payload), [{ ok: false, reason: "not a webhook of 'page'", raw: payload }]);
});
