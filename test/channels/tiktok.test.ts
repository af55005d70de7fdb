import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { buffer } from 'node:stream/consumers';
import type { FileBytes, MediaLocation, Outgoing, Receipt } from '@parley/core/channels/contract.ts';
import type { Credentials } from '@parley/core/channels/tiktok/credentials.ts';
import { parseFileId } from '@parley/core/channels/tiktok/file-id.ts';
import { channel } from '@parley/core/channels/tiktok/index.ts';
import { verifyAt } from '@parley/core/channels/tiktok/verify.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { accountOf, link, REFERENCE, webhook } from './cases/cases.ts';
import { cases, to } from './cases/tiktok/index.ts';
import { startProvider, type Captured, type Reply } from './provider.ts';

type Account = ConnectedAccount<Credentials>;

async function withTiktok<T>(reply: Reply, use: (account: Account, asked: Captured[]) => Promise<T>): Promise<T> {
  const provider = await startProvider(() => reply);
  try {
    return await use({ ...accountOf(cases, provider.url), appId: 'aw1' } as Account, provider.requests);
  } finally {
    await provider.close();
  }
}

function receiptOf(reply: Reply, body: Body = { type: 'text', text: 'private words' }): Promise<Receipt> {
  return withTiktok(reply, (account) => channel.send({ reference: REFERENCE, to, body }, account));
}

function refusal(code: number): Reply {
  return { status: 200, json: { code, message: 'no', request_id: 'r', data: {} } };
}

test("the signature is TikTok's own: a known example, good for five minutes either way", () => {
  const body =
    '{"client_key":"app_1","event":"im_receive_msg","create_time":1700000000,"user_openid":"biz_1","content":"{\\"type\\":\\"text\\",\\"text\\":{\\"body\\":\\"hi\\"}}"}';
  const s = '1627c61b068bce89249ed58c9fd904015fb341ca288bc8c8491b8aaed4a95cb9';
  const request = webhook(body, { 'tiktok-signature': `t=1700000000,s=${s}` });
  const signer = { id: 'app_1', secrets: [{ client_secret: 'example_app_secret' }] };
  const at = 1_700_000_000_000;
  for (const now of [at, at + 300_000, at - 300_000]) assert.equal(verifyAt(request, signer, now), true);
  for (const now of [at + 301_000, at - 301_000]) assert.equal(verifyAt(request, signer, now), false);
});

/** [code, class, retryable, permanent] */
const codes: [number, string, boolean, boolean][] = [
  [40001, 'auth', false, false],
  [40002, 'invalid', false, true],
  [40007, 'recipient_unavailable', false, true],
  [40064, 'window_closed', false, true],
  [40100, 'rate_limited', true, false],
  [40105, 'auth', false, false],
  [40908, 'media_problem', false, true],
  [51065, 'provider_down', true, false],
  [50000, 'provider_down', true, false],
  [41000, 'invalid', false, true],
];

for (const [code, kind, retryable, permanent] of codes) {
  test(`code ${code} in a 200 is ${kind}, ${retryable ? 'tried again' : 'not tried again'}`, async () => {
    const receipt = await receiptOf(refusal(code));
    assert.equal(receipt.outcome, 'refused');
    const { error } = receipt;
    assert.deepEqual(
      [error.class, receipt.retryable, error.permanent, error.providerCode],
      [kind, retryable, permanent, String(code)],
    );
    assert.match(error.message, /^[A-Z].+\.$/);
    assert.doesNotMatch(JSON.stringify(receipt), /private words|act\.token/);
  });
}

test('a code counts whatever the HTTP status; without one the status does', async () => {
  const limited = await receiptOf({ status: 429, json: { code: 40064 } });
  assert.equal(limited.outcome === 'refused' && limited.error.class, 'window_closed');
  assert.equal((await receiptOf({ status: 500, json: { message: 'x' } })).outcome, 'unknown');
  assert.equal((await receiptOf({ status: 200, json: {} })).outcome, 'unknown');
  assert.equal((await receiptOf({ status: 200, json: { code: 0, data: {} } })).outcome, 'unknown');
});

test('who has no conversation can not be written to', async () => {
  const receipt = await withTiktok(cases.taken.answer, async (account, asked) => {
    const nobody = { identities: [{ kind: 'tiktok_user', value: 'hidden' }] } as const;
    const sent = await channel.send(
      { reference: REFERENCE, to: { identities: [...nobody.identities] }, body: { type: 'text', text: 'a' } },
      account,
    );
    assert.equal(asked.length, 0);
    return sent;
  });
  assert.equal(receipt.outcome === 'refused' && receipt.error.class, 'recipient_unavailable');
});

const png = Buffer.from('89504e470d0a1a0a0000', 'hex');

function fileOf(bytes: Uint8Array): FileBytes {
  return { ok: true, bytes: new Uint8Array(bytes), mime: 'text/plain' };
}

interface Uploaded {
  receipt: Receipt;
  paths: string[];
  form: FormData | undefined;
  sent: unknown;
}

/** Sends a picture to a server that answers each path with what `answers` has for it. */
async function sendPicture(
  t: TestContext,
  readFile: Outgoing['readFile'],
  answers: Record<string, unknown> = {},
): Promise<Uploaded> {
  const taken: Uploaded = { receipt: { outcome: 'unknown', detail: '' }, paths: [], form: undefined, sent: undefined };
  const server = createServer((request, response) => {
    void buffer(request).then(async (bytes) => {
      const path = request.url ?? '';
      taken.paths.push(path);
      const type = request.headers['content-type'] ?? '';
      if (type.startsWith('multipart/')) {
        taken.form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
        response.end(JSON.stringify(answers['upload'] ?? { code: 0, data: { media_id: 'up-1' } }));
      } else {
        taken.sent = JSON.parse(bytes.toString());
        response.end(JSON.stringify(answers['send'] ?? { code: 0, data: { message: { message_id: 'm-1' } } }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const account = accountOf(cases, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`) as Account;
  const body: Body = { type: 'image', media: link('https://files.example.com/f.png') };
  const read = readFile ? { readFile } : {};
  taken.receipt = await channel.send({ reference: REFERENCE, to, body, ...read }, account);
  return taken;
}

const upload = '/business/message/media/upload/';

test('a picture is uploaded as what its bytes are, then sent by its id', async (t) => {
  const { receipt, paths, form, sent } = await sendPicture(t, async () => fileOf(png));
  assert.deepEqual(receipt, { outcome: 'accepted', providerMessageId: 'm-1' });
  assert.deepEqual(paths, [upload, '/business/message/send/']);
  assert.deepEqual([form?.get('business_id'), form?.get('media_type')], [cases.externalId, 'IMAGE']);
  const file = form?.get('file') as File;
  assert.deepEqual([file.type, Buffer.from(await file.arrayBuffer())], ['image/png', png]);
  assert.deepEqual((sent as { image: unknown }).image, { media_id: 'up-1' });
});

test('a picture that TikTok would not take is not uploaded', async (t) => {
  const gif = await sendPicture(t, async () => fileOf(Buffer.from('GIF89a..')));
  const gone = await sendPicture(t, async () => ({ ok: false, permanent: true, reason: 'the address is not public' }));
  const unread = await sendPicture(t, undefined);
  for (const { receipt, paths } of [gif, gone, unread]) {
    assert.equal(receipt.outcome === 'refused' && receipt.error.class, 'media_problem');
    assert.equal(receipt.outcome === 'refused' && receipt.retryable, false);
    assert.deepEqual(paths, []);
  }
});

test('until the message itself is asked for, a failure may be tried again', async (t) => {
  const away = await sendPicture(t, async () => ({ ok: false, permanent: false, reason: 'timeout' }));
  const broken = await sendPicture(t, async () => fileOf(png), { upload: { message: 'fault' } });
  const limited = await sendPicture(t, async () => fileOf(png), { upload: { code: 40100 } });
  for (const { receipt } of [away, broken, limited])
    assert.equal(receipt.outcome === 'refused' && receipt.retryable, true, JSON.stringify(receipt));
  const type = await sendPicture(t, async () => fileOf(png), { upload: { code: 40908, data: {} } });
  assert.equal(type.receipt.outcome === 'refused' && type.receipt.error.providerCode, '40908');
  assert.deepEqual(type.paths, [upload]);
});

async function locate(
  media: { providerMediaId?: string; link?: string },
  reply: Reply,
): Promise<{ location: MediaLocation; asked: Captured[] }> {
  return withTiktok(reply, async (account, asked) => ({ location: await channel.locateMedia(media, account), asked }));
}

const stored = JSON.stringify(['VIDEO', 'AAAA+bbbb/cccc==', 'm-1', 'vid-1']);

test('a file is located by all that TikTok wants to know of it, and fetched with the token', async () => {
  const url = 'https://v16.tiktokcdn.com/f';
  const { location, asked } = await locate(
    { providerMediaId: stored },
    { status: 200, json: { code: 0, data: { download_url: url } } },
  );
  assert.deepEqual(location, { ok: true, url, headers: { 'x-user': 'act.token' } });
  assert.equal(asked[0]?.path, '/business/message/media/download/');
  assert.deepEqual(asked[0]?.body, {
    business_id: cases.externalId,
    conversation_id: 'AAAA+bbbb/cccc==',
    message_id: 'm-1',
    media_id: 'vid-1',
    media_type: 'VIDEO',
  });
});

test('the token goes over TLS only', async () => {
  for (const url of ['http://v16.tiktokcdn.com/f', 'ftp://a', 'x']) {
    const { location } = await locate(
      { providerMediaId: stored },
      { status: 200, json: { code: 0, data: { download_url: url } } },
    );
    assert.equal(location.ok, false);
  }
});

test('a sticker has a link of its own, which needs no token', async () => {
  const url = 'https://p16.tiktokcdn.com/s.webp';
  const { location, asked } = await locate({ link: url }, 'hang');
  assert.deepEqual(location, { ok: true, url, headers: {} });
  assert.equal(asked.length, 0);
});

test('a file that is gone is gone for good; any other failure may pass', async () => {
  const results: [Reply, boolean][] = [
    [refusal(40007), true],
    [refusal(40002), true],
    [refusal(40105), false],
    [refusal(51065), false],
    [{ status: 503, text: '' }, false],
    ['drop', false],
  ];
  for (const [reply, permanent] of results) {
    const { location } = await locate({ providerMediaId: stored }, reply);
    assert.equal(!location.ok && location.permanent, permanent);
  }
  for (const providerMediaId of ['', '[]', '{}', '["AUDIO","a","b","c"]', '["IMAGE","a"]'])
    assert.equal(parseFileId(providerMediaId), undefined);
  const { location } = await locate({}, refusal(0));
  assert.equal(!location.ok && location.permanent, true);
});

function refreshed(reply: Reply, credentials: unknown = cases.credentials) {
  return withTiktok(reply, async (account, asked) => {
    const renewed = await channel.refresh?.({ ...account, credentials: credentials as Credentials });
    return { renewed, asked };
  });
}

test('a new token comes with a new refresh token, and says when it runs out', async () => {
  const data = { access_token: 'act.new', refresh_token: 'rft.new', expires_in: 86_400, open_id: 'x' };
  const before = Date.now();
  const { renewed, asked } = await refreshed({ status: 200, json: { code: 0, data } });
  const { client_secret } = cases.credentials as Credentials;
  assert.deepEqual(renewed?.credentials, { access_token: 'act.new', refresh_token: 'rft.new', client_secret });
  assert.ok(renewed.expiresAt >= before + 86_400_000 && renewed.expiresAt <= Date.now() + 86_400_000);
  assert.equal(asked[0]?.path, '/tt_user/oauth2/refresh_token/');
  assert.deepEqual(asked[0]?.body, {
    client_id: 'aw1',
    client_secret,
    grant_type: 'refresh_token',
    refresh_token: 'rft.token',
  });
});

test('the refresh token stays when no other comes', async () => {
  const data = { access_token: 'act.new', expires_in: 60 };
  const { renewed } = await refreshed({ status: 200, json: { code: 0, data } });
  assert.equal((renewed?.credentials as Credentials).refresh_token, 'rft.token');
});

test('no new token: refused, no answer, or nothing to ask with', async () => {
  for (const reply of [refusal(40105), { status: 500, text: '' }, 'drop'] as Reply[])
    assert.equal((await refreshed(reply)).renewed, undefined);
  for (const credentials of [{ access_token: 'a' }, { access_token: 'a', refresh_token: 'b' }]) {
    const { renewed, asked } = await refreshed(refusal(0), credentials);
    assert.deepEqual([renewed, asked.length], [undefined, 0]);
  }
});
