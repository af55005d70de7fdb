import assert from 'node:assert/strict';
import test from 'node:test';
import type { Action, Done, Probe, Receipt } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/telegram/index.ts';
import { normalise } from '@parley/core/channels/telegram/normalise.ts';
import type { Body } from '@parley/core/domain/body.ts';
import { link, REFERENCE } from './cases/cases.ts';
import { cases } from './cases/telegram/index.ts';
import type { Captured, Reply } from './provider.ts';
import { refusal, sendAnswered, taken, withTelegram } from './telegram-rig.ts';

function receiptOf(reply: Reply, body: Body = { type: 'text', text: 'private words' }): Promise<Receipt> {
  return withTelegram(reply, (account) => channel.send({ reference: REFERENCE, to: cases.to, body }, account));
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
  [403, 'Forbidden: bot was blocked by the user', 'recipient_unavailable', 'blocked', true],
  [403, 'Forbidden: something new', 'recipient_unavailable', 'forbidden', true],
  [403, "Forbidden: bot can't initiate conversation with a user", 'recipient_unavailable', 'not_started', true],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'recipient_unavailable', 'removed', true],
  [400, 'Bad Request: message thread not found', 'recipient_unavailable', 'topic_not_found', true],
  [400, 'Bad Request: BUSINESS_CONNECTION_INVALID', 'account_restricted', 'business', false],
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

test('a group that moved is written to once more, under the new id that Telegram names', async () => {
  const replies = [refusal(400, 'group chat was upgraded', { migrate_to_chat_id: -100777 }), taken(-100777)];
  const { receipt, asked } = await sendAnswered(replies, { type: 'text', text: 'hi' });
  assert.deepEqual(receipt, { outcome: 'accepted', providerMessageId: '-100777:9' });
  assert.deepEqual(
    asked.map(({ body }) => (body as { chat_id: number }).chat_id),
    [5000000001, -100777],
  );
});

test('a group that moves on and on is not followed', async () => {
  const replies = [-100777, -100778, -100777].map((id) => refusal(400, 'upgraded', { migrate_to_chat_id: id }));
  const { receipt, asked } = await sendAnswered(replies, { type: 'text', text: 'hi' });
  assert.equal(receipt.outcome === 'refused' && receipt.error.code, 'group_moved');
  assert.equal(asked.length, 2);
});

test('words whose formatting Telegram can not read go without it, and a link keeps its address', async () => {
  const cant = refusal(400, "Bad Request: can't parse entities: unsupported entity");
  const body: Body = {
    type: 'text',
    text: 'see here',
    entities: [
      { type: 'bold', offset: 0, length: 3 },
      { type: 'text_link', offset: 4, length: 4, url: 'https://x.example/' },
    ],
  };
  const { receipt, asked } = await sendAnswered([cant, taken()], body);
  assert.ok(receipt.outcome === 'accepted');
  assert.match(receipt.detail ?? '', /without its formatting/);
  assert.deepEqual(
    asked.map((one) => (one.body as { text: string }).text),
    ['see here', 'see here (https://x.example/)'],
  );
  assert.ok(!Object.hasOwn(asked[1]?.body as object, 'entities'));
  const again = await sendAnswered([cant, cant], body);
  assert.equal(again.receipt.outcome === 'refused' && again.receipt.error.code, 'entities');
  assert.equal(again.asked.length, 2);
});

test('who deleted the account will never be there again', async () => {
  const receipt = await receiptOf(refusal(403, 'Forbidden: user is deactivated'));
  assert.equal(receipt.outcome === 'refused' && receipt.gone, true);
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
  const [echo] = await normalise(update);
  assert.ok(echo?.ok && echo.event.kind === 'message' && receipt.outcome === 'accepted');
  assert.equal(echo.event.direction, 'OUTBOUND');
  assert.equal(echo.event.providerMessageId, receipt.providerMessageId);
});

async function acted(reply: Reply, action: Action): Promise<{ done: Done | undefined; asked: Captured[] }> {
  return withTelegram(reply, async (account, asked) => ({ done: await channel.act?.(action, account), asked }));
}

const business = { identities: [{ kind: 'telegram_chat', value: '5000000001@bc_9aZ' }] } as const;
const ours = { to: cases.to, providerMessageId: '5000000001:50' };
const theirs = {
  to: { identities: [...business.identities] } as Action['to'],
  providerMessageId: '5000000001@bc_9aZ:8',
};
const chat_id = 5000000001;
const reply_markup = { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] };
const yes: Body = {
  type: 'interactive',
  text: 'Sure?',
  interactive: { kind: 'buttons', buttons: [{ id: 'y', title: 'Yes' }] },
};

/** [action, method, parameters] */
const acts: [Action, string, object][] = [
  [{ kind: 'typing', to: cases.to }, 'sendChatAction', { chat_id, action: 'typing' }],
  [{ kind: 'read', ...theirs }, 'readBusinessMessage', { business_connection_id: 'bc_9aZ', chat_id, message_id: 8 }],
  [
    { kind: 'edit', ...ours, body: { type: 'text', text: 'new', entities: [{ type: 'bold', offset: 0, length: 3 }] } },
    'editMessageText',
    { chat_id, message_id: 50, text: 'new', entities: [{ type: 'bold', offset: 0, length: 3 }] },
  ],
  [{ kind: 'edit', ...ours, body: yes }, 'editMessageText', { chat_id, message_id: 50, text: 'Sure?', reply_markup }],
  [
    { kind: 'edit', ...ours, body: { type: 'image', media: link('https://x.example/a.jpg'), text: 'new' } },
    'editMessageCaption',
    { chat_id, message_id: 50, caption: 'new' },
  ],
  [{ kind: 'delete', ...ours }, 'deleteMessage', { chat_id, message_id: 50 }],
  [{ kind: 'delete', ...theirs }, 'deleteBusinessMessages', { business_connection_id: 'bc_9aZ', message_ids: [8] }],
];

for (const [action, method, parameters] of acts) {
  test(`${action.kind} is ${method}`, async () => {
    const { done, asked } = await acted({ status: 200, json: { ok: true, result: true } }, action);
    assert.deepEqual(done, { ok: true });
    assert.deepEqual([asked[0]?.path, asked[0]?.body], [`/bot7001:AAE-x/${method}`, parameters]);
  });
}

test('that something was read is told to business accounts only', async () => {
  const { done, asked } = await acted('drop', { kind: 'read', ...ours });
  assert.deepEqual([done, asked], [{ ok: true }, []]);
});

test('an edit that changes nothing is done; one that is refused says why', async () => {
  const edit: Action = { kind: 'edit', ...ours, body: { type: 'text', text: 'x' } };
  const same = await acted(refusal(400, 'Bad Request: message is not modified: specified new …'), edit);
  assert.deepEqual(same.done, { ok: true });
  const old = await acted(refusal(400, "Bad Request: message can't be edited"), edit);
  assert.equal(old.done?.ok === false && old.done.error.code, 'not_editable');
  const lost = await acted('drop', edit);
  assert.equal(lost.done?.ok === false && lost.done.error.class, 'unknown_outcome');
  const place = await acted('drop', { ...edit, body: { type: 'location', latitude: 1, longitude: 2 } });
  assert.deepEqual([place.done?.ok, place.asked], [false, []]);
});

function probed(answers: Record<string, Reply>): Promise<Probe | undefined> {
  const answer = ({ path }: Captured) => answers[path.split('/').at(-1) ?? ''] ?? 'drop';
  return withTelegram(answer, async (account) => channel.probe?.(account));
}

test('a probe says who the bot is and how its webhook does', async () => {
  const me = { id: 7001, is_bot: true, first_name: 'Shop', username: 'shop_bot', can_read_all_group_messages: false };
  const hook = {
    url: 'https://x.example/hook',
    pending_update_count: 3,
    last_error_date: 1763800000,
    last_error_message: 'Wrong response from the webhook: 500',
  };
  const answers = {
    getMe: { status: 200, json: { ok: true, result: me } },
    getWebhookInfo: { status: 200, json: { ok: true, result: hook } },
  };
  assert.deepEqual(await probed(answers), {
    ok: true,
    externalId: '7001',
    name: 'Shop',
    facts: {
      username: '@shop_bot',
      reads_groups: 'commands and replies',
      webhook: 'https://x.example/hook',
      pending_updates: '3',
      last_error: 'Wrong response from the webhook: 500',
      last_error_at: '2025-11-22T08:26:40.000Z',
    },
  });
});

test('a probe with a token that is no good says so; one without an answer may pass', async () => {
  const bad = await probed({ getMe: refusal(401, 'Unauthorized') });
  assert.equal(bad?.ok === false && bad.error.class, 'auth');
  const lost = await probed({});
  assert.equal(lost?.ok === false && lost.error.class, 'unknown_outcome');
});

test('the webhook is set with the secret and what an inbox wants to hear, and taken away', async () => {
  await withTelegram({ status: 200, json: { ok: true, result: true } }, async (account, asked) => {
    assert.deepEqual(await channel.subscribe?.(account, 'https://x.example/hook'), { ok: true });
    assert.deepEqual(await channel.unsubscribe?.(account), { ok: true });
    const { allowed_updates, ...set } = (asked[0] as Captured & { body: { allowed_updates: string[] } }).body;
    assert.deepEqual(set, { url: 'https://x.example/hook', secret_token: 'Secret_token-1' });
    assert.ok(
      ['message_reaction', 'business_message', 'my_chat_member'].every((name) => allowed_updates.includes(name)),
    );
    assert.deepEqual(
      asked.map(({ path }) => path.split('/').at(-1)),
      ['setWebhook', 'deleteWebhook'],
    );
  });
});

test('what is known of someone is their name', async () => {
  const chat = { id: 5000000001, type: 'private', first_name: 'Mona', last_name: 'Hassan' };
  await withTelegram({ status: 200, json: { ok: true, result: chat } }, async (account, asked) => {
    assert.deepEqual(await channel.profile?.(cases.to, account), { name: 'Mona Hassan' });
    assert.deepEqual(asked[0]?.body, { chat_id: 5000000001 });
  });
});

function keyboard(keys: number): object {
  return { rows: Array.from({ length: keys / 10 }, () => Array.from({ length: 10 }, () => ({ text: 'x' }))) };
}

test('options that Telegram would refuse are refused before', async () => {
  const quiz = { options: ['a', 'b', 'c'], type: 'quiz', correct_option_ids: [0, 2] };
  const wrong: [options: object, problem: RegExp | undefined][] = [
    [{ poll: quiz }, undefined],
    [{ poll: { ...quiz, correct_option_ids: [2, 0] } }, /in their order/],
    [{ poll: { ...quiz, correct_option_ids: [1, 1] } }, /in their order/],
    [{ poll: { ...quiz, explanation: '1\n2\n3' } }, undefined],
    [{ poll: { ...quiz, explanation: '1\n2\n3\n4' } }, /explanation has at most 3 lines/],
    [{ keyboard: keyboard(300) }, undefined],
    [{ keyboard: keyboard(310) }, /options\.keyboard has 310 keys; the limit is 300/],
  ];
  for (const [options, problem] of wrong) {
    const found = await channel.check({ type: 'text', text: 'Which?' }, options as Record<string, unknown>);
    if (problem) assert.match(found?.message ?? '', problem);
    else assert.equal(found, undefined);
  }
});
