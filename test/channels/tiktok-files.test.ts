import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import test, { type TestContext } from 'node:test';
import { buffer } from 'node:stream/consumers';
import type { FileBytes, MediaLocation, Outgoing, Receipt } from '@parley/core/channels/contract.ts';
import type { Credentials } from '@parley/core/channels/tiktok/credentials.ts';
import { parseFileId } from '@parley/core/channels/tiktok/file-id.ts';
import { channel } from '@parley/core/channels/tiktok/index.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { listenAt } from '../support/loopback.ts';
import { accountOf, link, REFERENCE } from './cases/cases.ts';
import { cases, refusal, to } from './cases/tiktok/index.ts';
import { withProvider, type Captured, type Reply } from './provider.ts';

type Account = ConnectedAccount<Credentials>;

const png = Buffer.from('89504e470d0a1a0a0000', 'hex');

function fileOf(bytes: Uint8Array): FileBytes {
  return { ok: true, bytes: new Uint8Array(bytes), mime: 'text/plain' };
}

interface Uploaded {
  receipt: Receipt;
  /** what was posted, and what was read before */
  paths: string[];
  asked: string[];
  form: FormData | undefined;
  sent: unknown;
}

/** Sends a picture to a server that takes everything, unless it is told how to answer the upload. */
async function sendPicture(
  t: TestContext,
  readFile: Outgoing['readFile'],
  uploadAnswer?: unknown,
  ability?: unknown,
): Promise<Uploaded> {
  const taken: Uploaded = {
    receipt: { outcome: 'unknown', detail: '' },
    paths: [],
    asked: [],
    form: undefined,
    sent: undefined,
  };
  const server = createServer((request, response) => {
    void take(request, response);
  });
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request);
    if (request.method === 'GET') {
      taken.asked.push(request.url ?? '');
      response.end(JSON.stringify({ code: 0, data: { capability_infos: [ability] } }));
      return;
    }
    taken.paths.push(request.url ?? '');
    const type = request.headers['content-type'] ?? '';
    const isUpload = type.startsWith('multipart/');
    if (isUpload) taken.form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    else taken.sent = JSON.parse(bytes.toString());
    const data = isUpload ? { media_id: 'up-1' } : { message: { message_id: 'm-1' } };
    response.end(JSON.stringify((isUpload ? uploadAnswer : undefined) ?? { code: 0, data }));
  }
  const url = await listenAt(server);
  t.after(() => server.close());
  const account = accountOf(cases, `${url}/`) as Account;
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

test('a picture is not brought where TikTok says that it takes none, and any other word of it is no no', async (t) => {
  const bring = (capability_result: unknown) =>
    sendPicture(t, async () => fileOf(png), undefined, { capability_type: 'IMAGE_SEND', capability_result });
  const { receipt, paths, asked } = await bring(false);
  assert.equal(receipt.outcome === 'refused' && receipt.error.code, 'no_pictures_here');
  assert.deepEqual(paths, []);
  assert.match(asked[0] ?? '', /capabilities\/get\/\?.*conversation_id=AAAA%2Bbbbb%2Fcccc%3D%3D/);
  for (const result of [true, undefined, 'unknown'])
    assert.equal((await bring(result)).receipt.outcome, 'accepted', String(result));
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
  const broken = await sendPicture(t, async () => fileOf(png), { message: 'fault' });
  const limited = await sendPicture(t, async () => fileOf(png), { code: 40100 });
  for (const { receipt } of [away, broken, limited])
    assert.equal(receipt.outcome === 'refused' && receipt.retryable, true, JSON.stringify(receipt));
  const type = await sendPicture(t, async () => fileOf(png), { code: 40908, data: {} });
  assert.equal(type.receipt.outcome === 'refused' && type.receipt.error.providerCode, '40908');
  assert.deepEqual(type.paths, [upload]);
});

async function locate(
  media: { providerMediaId?: string; link?: string },
  reply: Reply,
): Promise<{ location: MediaLocation; asked: Captured[] }> {
  return withProvider(reply, async ({ url, requests }) => {
    const location = await channel.locateMedia(media, accountOf(cases, url) as Account);
    return { location, asked: requests };
  });
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
