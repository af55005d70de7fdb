import assert from 'node:assert/strict';
import test from 'node:test';
import type { MediaLocation, Receipt } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/whatsapp_cloud/index.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { accountOf, REFERENCE, webhook } from './cases/cases.ts';
import { cases } from './cases/whatsapp_cloud/index.ts';
import { withProvider, type Captured, type Reply } from './provider.ts';
import { assertRefused } from './refused.ts';

type Account = ConnectedAccount<{ access_token: string }>;

function withMeta<T>(reply: Reply, use: (account: Account, asked: Captured[]) => Promise<T>): Promise<T> {
  return withProvider(reply, ({ url, requests }) => use(accountOf(cases, url) as Account, requests));
}

function receiptOf(reply: Reply): Promise<Receipt> {
  return withMeta(reply, (account) =>
    channel.send({ reference: REFERENCE, to: cases.to, body: { type: 'text', text: 'a' } }, account),
  );
}

function graphError(status: number, code: number, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers,
    json: { error: { message: `(#${code}) x`, type: 'OAuthException', code, fbtrace_id: 'A' } },
  };
}

/** [code, HTTP status, class, retryable, permanent] */
const codes: [number, number, string, boolean, boolean][] = [
  [0, 401, 'auth', false, false],
  [1, 400, 'provider_down', true, false],
  [2, 503, 'provider_down', true, false],
  [4, 400, 'rate_limited', true, false],
  [10, 403, 'auth', false, false],
  [100, 400, 'invalid', false, true],
  [190, 401, 'auth', false, false],
  [230, 403, 'auth', false, false],
  [368, 403, 'account_restricted', false, false],
  [80007, 400, 'rate_limited', true, false],
  [130429, 400, 'rate_limited', true, false],
  [131000, 500, 'provider_down', true, false],
  [131016, 500, 'provider_down', true, false],
  [131026, 400, 'recipient_unavailable', false, true],
  [131042, 400, 'account_restricted', false, false],
  [131047, 400, 'window_closed', false, true],
  [131048, 400, 'account_restricted', true, false],
  [131049, 400, 'recipient_unavailable', false, false],
  [131050, 400, 'opted_out', false, true],
  [131053, 400, 'media_problem', false, true],
  [131056, 400, 'rate_limited', true, false],
  [131057, 500, 'provider_down', true, false],
  [131059, 400, 'provider_down', true, false],
  [131060, 400, 'invalid', false, true],
  [131064, 400, 'account_restricted', true, false],
  [131215, 400, 'invalid', false, true],
  [132000, 400, 'template_problem', false, true],
  [132001, 404, 'template_problem', false, true],
  [132015, 400, 'template_problem', false, true],
  [132069, 400, 'rate_limited', true, false],
  [133004, 503, 'provider_down', true, false],
  [2388040, 400, 'template_problem', false, true],
  [999999, 400, 'invalid', false, true],
  [999999, 401, 'auth', false, false],
];

for (const [code, status, kind, retryable, permanent] of codes) {
  test(`code ${code} with ${status} is ${kind}, ${retryable ? 'tried again' : 'not tried again'}`, async () => {
    const receipt = await receiptOf(graphError(status, code));
    assertRefused(receipt, [code, kind, retryable, permanent]);
  });
}

test('the pair limit waits six seconds, unless Meta says how long', async () => {
  const own = await receiptOf(graphError(400, 131056));
  assert.equal(own.outcome === 'refused' && own.retryAfterMs, 6000);
  const told = await receiptOf(graphError(400, 131056, { 'retry-after': '64' }));
  assert.equal(told.outcome === 'refused' && told.retryAfterMs, 64_000);
});

test('an id that the token may not see is no mistake in the message', async () => {
  const error = { message: 'Unsupported post request', type: 'GraphMethodException', code: 100, error_subcode: 33 };
  const receipt = await receiptOf({ status: 400, json: { error } });
  assert.deepEqual(receipt.outcome === 'refused' && [receipt.error.class, receipt.error.code], [
    'auth',
    'account_missing',
  ]);
});

test('a 500 of an unknown code and a 200 without an id leave the outcome unknown', async () => {
  assert.equal((await receiptOf(graphError(500, 999999))).outcome, 'unknown');
  assert.equal((await receiptOf({ status: 200, json: { messages: [] } })).outcome, 'unknown');
});

function heldBack(message_status: string): Reply {
  return { status: 200, json: { messages: [{ id: 'wamid.1', message_status }] } };
}

test('a template that Meta has yet to judge says that it is held', async () => {
  assert.deepEqual(await receiptOf(heldBack('held_for_quality_assessment')), {
    outcome: 'accepted',
    providerMessageId: 'wamid.1',
    detail: 'WhatsApp holds it back until it has judged the template',
  });
  const accepted = { outcome: 'accepted', providerMessageId: 'wamid.1' };
  for (const word of ['accepted', 'constructor']) assert.deepEqual(await receiptOf(heldBack(word)), accepted);
});

test('errors never repeat the text or the token', async () => {
  const receipt = await withMeta(graphError(400, 100), (account) =>
    channel.send({ reference: REFERENCE, to: cases.to, body: { type: 'text', text: 'private words' } }, account),
  );
  assert.doesNotMatch(JSON.stringify(receipt), /private words|EAAG/);
});

test('an account may pin another version', async () => {
  await withMeta(cases.taken.answer, async (account, asked) => {
    const older = { ...account, baseUrl: `${account.baseUrl}/v25.0/` };
    await channel.send({ reference: REFERENCE, to: cases.to, body: { type: 'text', text: 'a' } }, older);
    assert.equal(asked[0]?.path, '/v25.0/106540352242922/messages');
  });
});

const signer = {
  id: 'app',
  secrets: [
    { app_secret: 's', verify_token: 'old' },
    { app_secret: 's', verify_token: 'token' },
  ],
};

function challenge(query: Record<string, string>): string | undefined {
  return channel.handshake?.(webhook('', {}, new URLSearchParams(query).toString()), signer);
}

test('the subscription check is answered with the challenge', () => {
  const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'token', 'hub.challenge': '1158201444' };
  assert.equal(challenge(asked), '1158201444');
  assert.equal(challenge({ ...asked, 'hub.verify_token': 'old' }), '1158201444');
  assert.equal(challenge({ ...asked, 'hub.verify_token': 'other' }), undefined);
  assert.equal(challenge({ ...asked, 'hub.verify_token': '' }), undefined);
  assert.equal(challenge({ ...asked, 'hub.mode': 'unsubscribe' }), undefined);
  assert.equal(challenge({ ...asked, 'hub.challenge': 'a'.repeat(200) }), 'a'.repeat(200));
  for (const bad of ['', '<script>', 'a'.repeat(201), 'a\nb'])
    assert.equal(challenge({ ...asked, 'hub.challenge': bad }), undefined);
});

async function locate(
  media: { providerMediaId?: string; link?: string },
  reply: Reply,
): Promise<{ location: MediaLocation; asked: Captured[] }> {
  return withMeta(reply, async (account, asked) => ({ location: await channel.locateMedia(media, account), asked }));
}

test('a file is located by its id, and only Meta sees the token', async () => {
  const url = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=19';
  const { location, asked } = await locate({ providerMediaId: '19' }, { status: 200, json: { url } });
  assert.deepEqual(location, { ok: true, url, headers: { authorization: 'Bearer EAAG-token' } });
  assert.equal(asked[0]?.path, '/v26.0/19?phone_number_id=106540352242922');
  assert.equal(asked[0]?.headers['authorization'], 'Bearer EAAG-token');
});

test('no other host sees the token', async () => {
  const hosts = [
    'https://evil.example/x',
    'http://lookaside.fbsbx.com/x',
    'https://lookaside.fbsbx.com.evil.example/x',
    'https://lookaside.fbsbx.com:8443/x',
    'https://fbcdn.net.evil.example/x',
    'https://evilfbcdn.net/x',
  ];
  for (const url of hosts) {
    const { location } = await locate({ providerMediaId: '19' }, { status: 200, json: { url } });
    assert.deepEqual(location, { ok: true, url, headers: {} });
  }
});

test("the account's own server sees the token", async () => {
  await withMeta({ status: 200 }, async (account) => {
    const location = await channel.locateMedia({ link: `${account.baseUrl}/files/1` }, account);
    assert.deepEqual(location.ok && location.headers, { authorization: 'Bearer EAAG-token' });
  });
});

test('a file that is gone is gone for good; any other failure may pass', async () => {
  const results: [Reply, boolean][] = [
    [graphError(400, 100), true],
    [graphError(404, 100), true],
    [graphError(401, 190), false],
    [{ status: 503 }, false],
    ['drop', false],
  ];
  for (const [reply, permanent] of results) {
    const { location } = await locate({ providerMediaId: '19' }, reply);
    assert.equal(location.ok, false);
    assert.equal(location.permanent, permanent);
  }
  const { location } = await locate({}, { status: 200 });
  assert.equal(!location.ok && location.permanent, true);
});

test('a payload of another product is set aside whole', async () => {
  const payload = { object: 'page', entry: [{}] };
  assert.deepEqual(await channel.normalise(payload), [{ ok: false, reason: 'not a WhatsApp webhook', raw: payload }]);
});

test('what is wrong with a row of a list is said of that row', async () => {
  const row = { id: 'a', title: 'Tea' };
  const sections = (other: object) => [
    { title: 'Hot', rows: [row] },
    { title: 'Cold', rows: [{ ...row, id: 'b', ...other }] },
  ];
  const told = async (other: object) => {
    const interactive = { kind: 'list', button: 'Choose', sections: sections(other) } as const;
    return (await channel.check({ type: 'interactive', text: 'Which?', interactive }))?.details;
  };
  assert.equal(await told({}), undefined);
  assert.equal(await told({ title: 'x'.repeat(25) }), 'interactive.sections.1.rows.0.title');
  assert.equal(await told({ id: 'x'.repeat(201) }), 'interactive.sections.1.rows.0.id');
  assert.equal(await told({ description: 'x'.repeat(73) }), 'interactive.sections.1.rows.0.description');
});
