import assert from 'node:assert/strict';
import test from 'node:test';
import type { FileBytes } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/telegram/index.ts';
import type { Body } from '@parley/core/domain/body.ts';
import { link, REFERENCE } from './cases/cases.ts';
import { cases } from './cases/telegram/index.ts';
import type { Captured, Reply } from './provider.ts';
import { refusal, sendAnswered, taken, withTelegram } from './telegram-rig.ts';

const bytes: FileBytes = { ok: true, bytes: new TextEncoder().encode('BYTES'), mime: 'text/plain' };
const readFile = () => Promise.resolve(bytes);
const formOf = async ({ bytes: raw, headers }: Captured): Promise<FormData> =>
  new Response(new Uint8Array(raw), { headers: { 'content-type': String(headers['content-type']) } }).formData();

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
    [refusal(400, 'Bad Request: wrong file_id'), true],
    [refusal(400, 'Bad Request: wrong file_id or the file is temporarily unavailable'), false],
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

test('why a file can not be had says how large a file may be', async () => {
  const tooBig = refusal(400, 'Bad Request: file is too big');
  const location = await withTelegram(tooBig, (account) => channel.locateMedia({ providerMediaId: 'A' }, account));
  assert.match(location.ok ? '' : location.reason, /more than 20 MB/);
});

test('a round video goes as bytes, for Telegram takes none by link', async () => {
  await withTelegram(taken(), async (account, asked) => {
    const receipt = await channel.send(
      {
        reference: REFERENCE,
        to: cases.to,
        body: { type: 'video', media: link('https://x.example/a') },
        options: { video_note: true },
        readFile,
      },
      account,
    );
    assert.equal(receipt.outcome, 'accepted');
    assert.match(String(asked[0]?.path), /\/sendVideoNote$/);
    assert.ok((await formOf(asked[0] as Captured)).get('video_note') instanceof File);
  });
});

/** [what, body, part] */
const carried: [string, Body, string][] = [
  ['a file of our bucket', { type: 'document', media: { status: 'ready', key: 'k', filename: 'a.txt' } }, 'document'],
  ['a type that Telegram takes by no link', { type: 'document', media: link('https://x.example/a.docx') }, 'document'],
  ['a photo of 6 MB', { type: 'image', media: link('https://x.example/a.jpg', { size: 6 * 1024 * 1024 }) }, 'photo'],
  ['a video of 21 MB', { type: 'video', media: link('https://x.example/a', { size: 21 * 1024 * 1024 }) }, 'video'],
  ['a sticker that moves', { type: 'sticker', media: link('https://x.example/a.tgs') }, 'sticker'],
];

for (const [what, body, part] of carried) {
  test(`${what} goes as bytes`, async () => {
    const { receipt, asked } = await sendAnswered([taken()], { ...body, text: 'see' } as Body, bytes);
    assert.equal(receipt.outcome, 'accepted');
    const form = await formOf(asked[0] as Captured);
    assert.deepEqual([form.get('chat_id'), form.get('caption')], ['5000000001', 'see']);
    const file = form.get(part);
    assert.ok(file instanceof File);
    assert.equal(await file.text(), 'BYTES');
  });
}

test('a file that Telegram could not fetch by its link goes as bytes', async () => {
  const replies = [refusal(400, 'Bad Request: failed to get HTTP URL content'), taken()];
  const body: Body = { type: 'image', media: link('https://x.example/a.jpg') };
  const { receipt, asked } = await sendAnswered(replies, body, bytes);
  assert.equal(receipt.outcome, 'accepted');
  assert.equal((asked[0] as Captured & { body: { photo: string } }).body.photo, 'https://x.example/a.jpg');
  assert.ok((await formOf(asked[1] as Captured)).get('photo') instanceof File);
});

test('a file that can not be read either fails for the reason that Telegram gave', async () => {
  const replies = [refusal(400, 'Bad Request: failed to get HTTP URL content')];
  const body: Body = { type: 'image', media: link('https://x.example/a.jpg') };
  const { receipt, asked } = await sendAnswered(replies, body, { ok: false, permanent: true, reason: 'no' });
  assert.equal(receipt.outcome === 'refused' && receipt.error.class, 'media_problem');
  assert.equal(asked.length, 1);
});

test('a file that can not be read now is tried again, one that never will is not, and Telegram is not asked', async () => {
  const body: Body = { type: 'document', media: { status: 'ready', key: 'k' } };
  for (const permanent of [true, false]) {
    const { receipt, asked } = await sendAnswered([], body, { ok: false, permanent, reason: 'no' });
    assert.ok(receipt.outcome === 'refused');
    assert.deepEqual([receipt.retryable, receipt.error.permanent, asked.length], [!permanent, permanent, 0]);
  }
});

test('an album carries what has no link of its own', async () => {
  const album = [{ media_url: 'https://x.example/b.jpg' }];
  const first: Body = { type: 'image', media: { status: 'ready', key: 'k' }, text: 'two' };
  await withTelegram(taken(), async (account, asked) => {
    await channel.send({ reference: REFERENCE, to: cases.to, body: first, options: { album }, readFile }, account);
    const form = await formOf(asked[0] as Captured);
    assert.deepEqual(JSON.parse(form.get('media') as string), [
      { type: 'photo', media: 'attach://file0', caption: 'two' },
      { type: 'photo', media: 'https://x.example/b.jpg' },
    ]);
    assert.ok(form.get('file0') instanceof File);
  });
});
