import assert from 'node:assert/strict';
import test from 'node:test';
import type { Receipt } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/telegram/index.ts';
import { normalise } from '@parley/core/channels/telegram/normalise.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { accountOf, REFERENCE } from './cases/cases.ts';
import { cases } from './cases/telegram/index.ts';
import { startProvider, type Captured, type Reply } from './provider.ts';

type Account = ConnectedAccount<{ bot_token: string; secret_token: string }>;

async function withTelegram<T>(reply: Reply, use: (account: Account, asked: Captured[]) => Promise<T>): Promise<T> {
  const provider = await startProvider(() => reply);
  try {
    return await use(accountOf(cases, provider.url) as Account, provider.requests);
  } finally {
    await provider.close();
  }
}

function receiptOf(reply: Reply, body: Body = { type: 'text', text: 'private words' }): Promise<Receipt> {
  return withTelegram(reply, (account) => channel.send({ reference: REFERENCE, to: cases.to, body }, account));
}

function refusal(error_code: number, description: string, parameters?: object): Reply {
  return { status: error_code, json: { ok: false, error_code, description, ...(parameters && { parameters }) } };
}

/** [code, description, class, our code, permanent] */
const refusals: [number, string, string, string, boolean][] = [
  [400, 'Bad Request: chat not found', 'recipient_unavailable', 'chat_not_found', true],
  [400, "Bad Request: can't parse entities: private words", 'invalid', 'entities', true],
  [400, 'Bad Request: message is too long', 'invalid', 'too_long', true],
  [400, 'Bad Request: wrong file identifier/HTTP URL specified', 'media_problem', 'file', true],
  [400, 'Bad Request: failed to get HTTP URL content', 'media_problem', 'file', true],
  [400, 'Bad Request: BUTTON_DATA_INVALID', 'invalid', 'buttons', true],
  [400, 'Bad Request: something new', 'invalid', 'bad_request', true],
  [401, 'Unauthorized', 'auth', 'token_invalid', false],
  [403, 'Forbidden: bot was blocked by the user', 'recipient_unavailable', 'forbidden', true],
  [404, 'Not Found', 'auth', 'token_invalid', false],
  [413, 'Request Entity Too Large', 'media_problem', 'too_large', true],
  [418, 'Teapot', 'invalid', 'refused', true],
];

for (const [code, description, kind, own, permanent] of refusals) {
  test(`${code} '${description}' is ${own}`, async () => {
    const receipt = await receiptOf(refusal(code, description));
    assert.equal(receipt.outcome, 'refused');
    assert.equal(receipt.retryable, false);
    const { class: found, code: slug, permanent: forGood, providerCode } = receipt.error;
    assert.deepEqual([found, slug, forGood, providerCode], [kind, own, permanent, String(code)]);
    assert.doesNotMatch(JSON.stringify(receipt), /private words|AAE-x/);
  });
}

test('a flood waits as long as Telegram says in the body', async () => {
  const receipt = await receiptOf(refusal(429, 'Too Many Requests: retry after 37', { retry_after: 37 }));
  assert.equal(receipt.outcome, 'refused');
  assert.deepEqual([receipt.error.class, receipt.retryable, receipt.retryAfterMs], ['rate_limited', true, 37_000]);
});

test('a flood that names no time waits a second', async () => {
  const receipt = await receiptOf(refusal(429, 'Too Many Requests'));
  assert.equal(receipt.outcome === 'refused' && receipt.retryAfterMs, 1000);
});

test('a group that moved is not written to again', async () => {
  const receipt = await receiptOf(refusal(400, 'group chat was upgraded', { migrate_to_chat_id: -100777 }));
  assert.equal(receipt.outcome === 'refused' && receipt.error.code, 'group_moved');
});

test('a server error leaves the outcome unknown even with a word from Telegram', async () => {
  assert.equal((await receiptOf(refusal(500, 'Internal Server Error'))).outcome, 'unknown');
  assert.equal((await receiptOf({ status: 200, text: 'ok' })).outcome, 'unknown');
});

test('a reaction becomes no message', async () => {
  const reaction: Body = { type: 'reaction', emoji: '👍', target: '5000000001:50' };
  assert.deepEqual(await receiptOf({ status: 200, json: { ok: true, result: true } }, reaction), {
    outcome: 'accepted',
  });
});

test('the id of an own business message is the same in the answer and in its echo', async () => {
  const message = {
    message_id: 67,
    date: 1763800000,
    business_connection_id: 'bc_9aZ',
    chat: { id: 5000000001, type: 'private' },
  };
  const receipt = await receiptOf({ status: 200, json: { ok: true, result: message } });
  const update = {
    update_id: 1,
    business_message: { ...message, text: 'نعم', from: { id: 5000000001 }, sender_business_bot: { id: 7001 } },
  };
  const [echo] = normalise(update);
  assert.ok(echo?.ok && echo.event.kind === 'message' && receipt.outcome === 'accepted');
  assert.equal(echo.event.direction, 'OUTBOUND');
  assert.equal(echo.event.providerMessageId, receipt.providerMessageId);
});

test('a file is located by its id; the link carries the token and no header does', async () => {
  await withTelegram(
    { status: 200, json: { ok: true, result: { file_id: 'A', file_path: 'photos/file 1.jpg' } } },
    async (account, asked) => {
      const location = await channel.locateMedia({ providerMediaId: 'A' }, account);
      assert.deepEqual(location, {
        ok: true,
        url: `${account.baseUrl}/file/bot7001:AAE-x/photos/file%201.jpg`,
        headers: {},
      });
      assert.deepEqual([asked[0]?.path, asked[0]?.body], ['/bot7001:AAE-x/getFile', { file_id: 'A' }]);
    },
  );
});

test('a file above 20 MB is out of reach for good; any other failure may pass', async () => {
  const results: [Reply, boolean][] = [
    [refusal(400, 'Bad Request: file is too big'), true],
    [refusal(401, 'Unauthorized'), false],
    [refusal(429, 'Too Many Requests', { retry_after: 3 }), false],
    [{ status: 502 }, false],
    ['drop', false],
    [{ status: 200, json: { ok: true, result: { file_path: '../secret' } } }, false],
  ];
  for (const [reply, permanent] of results) {
    const location = await withTelegram(reply, (account) => channel.locateMedia({ providerMediaId: 'A' }, account));
    assert.equal(location.ok, false);
    assert.equal(location.permanent, permanent);
  }
});

test('an edit of one message at two times makes two events, a redelivery the same one', () => {
  assert.deepEqual([1763800060, 1763800090, 1763800060].map(idOfEdit), [
    '5:4:edit:1763800060',
    '5:4:edit:1763800090',
    '5:4:edit:1763800060',
  ]);
});

function idOfEdit(edit_date: number): string | undefined {
  const edited_message = { message_id: 4, date: 1763800000, edit_date, chat: { id: 5, type: 'private' }, text: 'x' };
  const [element] = normalise({ update_id: edit_date, edited_message });
  return element?.ok && element.event.kind === 'message' ? element.event.providerMessageId : undefined;
}
