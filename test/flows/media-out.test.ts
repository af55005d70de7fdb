import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, suite, test } from 'node:test';
import { accountOf, ask, control, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { bring, bytesAt, createUpload, mediaOf, putFile } from '../support/media.ts';
import type { Upload } from '../support/media.ts';
import { customer, thread } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { sendText, whenMessage, isOut } from '../support/sends.ts';
import type { Send } from '../support/sends.ts';
import { sharp } from '../support/wasm-sharp.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const whatsapp = accountOf(nile, 'whatsapp_cloud');
const lite = accountOf(nile, 'whatsapp_lite');
const tiktok = accountOf(nile, 'tiktok');
const jpeg = await drawing().jpeg().toBuffer();
const webp = await drawing().webp().toBuffer();
const gif = await sharp([await drawing().png().toBuffer(), await drawing('red').png().toBuffer()], {
  join: { animated: true },
})
  .gif()
  .toBuffer();
let number = 201_550_005_000;

suite('files to be sent', () => {
  after(() => cloud.close());

  test('an upload goes through the bucket to the customer, with its name, its hash and a thumbnail', async () => {
    const phone = await customer(cloud, whatsapp, `+${++number}`);
    const uploadId = await bring(cloud, nile, 'صورة.jpg', jpeg, 'image/jpeg');
    const sent = await send({ to: phone.address, message: 'look', upload_id: uploadId });
    assert.deepEqual([sent['type'], mediaOf(sent).status, mediaOf(sent).filename], ['image', 'pending', 'صورة.jpg']);
    assert.deepEqual((await bytesAt(mediaOf(sent).url)).bytes, jpeg, 'what was brought can be seen meanwhile');
    const row = await whenMessage(cloud, nile, sent, isOut);
    const media = mediaOf(row);
    assert.deepEqual([media.status, media.mime, media.size], ['ready', 'image/jpeg', jpeg.length]);
    assert.deepEqual([media.width, media.height, media.sha256], [640, 480, hashOf(jpeg)]);
    const stored = await bytesAt(media.url);
    assert.equal(stored.disposition, `inline; filename*=UTF-8''${encodeURIComponent('صورة.jpg')}`);
    assert.equal((await sharp((await bytesAt(media.thumbnail_url)).bytes).metadata()).width, 320);
    assert.deepEqual(await receivedBy(phone), { type: 'image', bytes: jpeg });
    assert.equal(row['degraded'], null);
  });

  test('what a channel does not take is converted', async () => {
    const phone = await customer(cloud, whatsapp, `+${++number}`);
    const uploadId = await bring(cloud, nile, 'photo.webp', webp);
    const row = await whenMessage(cloud, nile, await send({ to: phone.address, uploadId }), isOut);
    const media = mediaOf(row);
    assert.deepEqual([row['type'], media.mime, media.filename], ['image', 'image/jpeg', 'photo.jpg']);
    const received = await receivedBy(phone);
    assert.equal((await sharp(received.bytes).metadata()).format, 'jpeg');
    assert.equal(hashOf(received.bytes), media.sha256);
  });

  test('a picture of too many bytes is made smaller', async () => {
    const phone = await customer(cloud, whatsapp, `+${++number}`);
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const large = await sharp({ create: { width: 1600, height: 1600, channels: 3, background: 'gray', noise } })
      .png()
      .toBuffer();
    assert.ok(large.length > 5 * 1024 * 1024);
    const row = await whenMessage(
      cloud,
      nile,
      await send({ to: phone.address, upload_id: await bring(cloud, nile, 'a.png', large) }),
      isOut,
    );
    assert.ok(Number(mediaOf(row).size) <= 5 * 1024 * 1024);
    assert.equal((await receivedBy(phone)).type, 'image');
  });

  test('a moving picture goes as a document where it may not move, and says so', async () => {
    const phone = await customer(cloud, lite, `+${++number}`);
    const upload_id = await bring(cloud, nile, 'party.gif', gif);
    const sent = await send({ channel: 'whatsapp_lite', to: phone.address, upload_id });
    const row = await whenMessage(cloud, nile, sent, isOut);
    assert.deepEqual([row['type'], mediaOf(row).mime], ['document', 'image/gif']);
    assert.equal(row['degraded'], 'Sent as document: WhatsApp Lite does not take image/gif as image.');
    const shown = (await thread(cloud, lite, phone)).at(-1) as unknown as { body: { type: string } };
    assert.equal(shown.body.type, 'document');
  });

  test('a file keeps its place among the messages of its conversation', async () => {
    const phone = await customer(cloud, whatsapp, `+${++number}`);
    const uploadId = await bring(cloud, nile, 'a.avif', await drawing().avif().toBuffer());
    const all = [
      await send({ to: phone.address, message: 'before' }),
      await send({ to: phone.address, message: 'the picture', upload_id: uploadId }),
      await send({ to: phone.address, message: 'after' }),
    ];
    for (const sent of all) await whenMessage(cloud, nile, sent, isOut);
    const texts = (await thread(cloud, whatsapp, phone)).map(({ text }) => text);
    assert.deepEqual(texts, ['Hello', 'before', 'the picture', 'after']);
  });

  test('what a file really is counts', async () => {
    const phone = await customer(cloud, whatsapp, `+${++number}`);
    const lie = await bring(cloud, nile, 'photo.jpg', Buffer.from('%PDF-1.7\n%no picture'), 'image/jpeg');
    const row = await whenMessage(cloud, nile, await send({ to: phone.address, upload_id: lie }), isOut);
    assert.deepEqual([row['type'], mediaOf(row).mime], ['document', 'application/pdf']);
    assert.match(String(row['degraded']), /application\/pdf as image/);
  });

  test('where there is no way for it the message fails, in words', async () => {
    const phone = await customer(cloud, tiktok, '6800000000000200001');
    const lie = await bring(cloud, nile, 'photo.jpg', Buffer.from('%PDF-1.7\n%no picture'), 'image/jpeg');
    const sent = await send({ channel: 'tiktok', to: phone.address, message: '', upload_id: lie });
    const next = await send({ channel: 'tiktok', to: phone.address, message: 'next' });
    const row = await whenMessage(cloud, nile, sent, 'FAILED');
    const error = row['error'] as Row;
    assert.deepEqual([error['class'], error['code'], error['permanent']], ['media_problem', 'media_problem', true]);
    assert.match(String(error['message']), /TikTok.*application\/pdf.*image\/jpeg/);
    assert.deepEqual([mediaOf(row).status, String(mediaOf(row).error).includes('application/pdf')], ['failed', true]);
    await whenMessage(cloud, nile, next, isOut);
  });

  test('what is known to be too much or of no use is refused at once, naming what the channel takes', async () => {
    const phone = await customer(cloud, tiktok, '6800000000000200002');
    const pdf = await bring(cloud, nile, 'a.pdf', Buffer.from('%PDF-1.7\n'));
    const answer = await ask(cloud, nile, '/functions/v1/tiktok-send', { to: phone.address, uploadId: pdf });
    assert.deepEqual([answer.status, answer.body['code'], answer.body['details']], [422, 'media_type', 'uploadId']);
    assert.match(String(answer.body['hint']), /image \(image\/jpeg, image\/png; 3 MB\)/);
  });

  test('a picture for a channel of pictures only is converted too', async () => {
    const phone = await customer(cloud, tiktok, '6800000000000200003');
    const sent = await send({
      channel: 'tiktok',
      to: phone.address,
      message: '',
      upload_id: await bring(cloud, nile, 'a.webp', webp),
    });
    assert.equal(mediaOf(await whenMessage(cloud, nile, sent, isOut)).mime, 'image/jpeg');
    const shown = (await thread(cloud, tiktok, phone)).at(-1) as unknown as { body: { type: string } };
    assert.equal(shown.body.type, 'image');
  });

  test('an upload is of one organization, one size and one type', async () => {
    const file = { filename: 'a.jpg', mime: 'image/jpeg', size: jpeg.length };
    const created = await createUpload(cloud, nile, file);
    assert.equal(created.status, 200);
    const upload = created.body as unknown as Upload;
    assert.deepEqual([upload.method, upload.size], ['PUT', jpeg.length]);
    assert.ok(Date.parse(upload.expires_at) - Date.now() > 10 * 60_000);
    assert.equal((await putFile(upload, Buffer.concat([jpeg, jpeg]))).status, 403);
    assert.equal(
      (await putFile({ ...upload, headers: { ...upload.headers, 'content-type': 'text/html' } }, jpeg)).status,
      403,
    );
    const to = `+${++number}`;
    const early = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', { to, upload_id: upload.upload_id });
    assert.deepEqual([early.status, early.body['code']], [404, 'no_upload'], 'not there yet');
    assert.equal((await putFile(upload, jpeg)).status, 200);
    for (const [organization, id] of [
      [gulf, upload.upload_id],
      [nile, `upl_${crypto.randomUUID()}`],
      [nile, `../${nile.id}/${upload.upload_id}`],
    ] as const) {
      const answer = await ask(cloud, organization, '/functions/v1/whatsapp-cloud-send', { to, upload_id: id });
      assert.deepEqual([answer.status, answer.body['code']], [404, 'no_upload'], id);
    }
    const both = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', {
      to,
      upload_id: upload.upload_id,
      media_url: 'https://example.com/a.png',
    });
    assert.deepEqual([both.status, both.body['code']], [400, 'contradiction']);
  });

  test('what can not be brought is refused, naming the field', async () => {
    const good = { filename: 'a.jpg', mime: 'image/jpeg', size: 1 };
    for (const [field, value] of [
      ['size', 0],
      ['size', 100 * 1024 * 1024 + 1],
      ['size', '1'],
      ['filename', ''],
      ['filename', 'x'.repeat(256)],
      ['mime', 'picture'],
      ['mime', 'image/jpeg\r\nx: y'],
      ['other', 1],
    ] as const) {
      const answer = await createUpload(cloud, nile, { ...good, [field]: value });
      assert.equal(answer.status, 400, `${field}: ${value}`);
      assert.match(String(answer.body['message']), new RegExp(field));
    }
    assert.equal((await createUpload(cloud, undefined, good)).status, 401);
    const untold = await createUpload(cloud, nile, { filename: 'a.xlsx', mime: '', size: 1 });
    assert.match(String((untold.body as unknown as Upload).headers['content-type']), /spreadsheetml/);
  });

  test('a file for later is made ready now', async () => {
    const phone = await customer(cloud, whatsapp, `+${++number}`);
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const sent = await send({ to: phone.address, upload_id: await bring(cloud, nile, 'a.webp', webp), scheduled_at });
    const row = await whenMessage(cloud, nile, sent, (one) => mediaOf(one).status === 'ready');
    assert.deepEqual([row['status'], mediaOf(row).mime], ['PENDING', 'image/jpeg']);
  });

  test('a link of unknown type is looked at for a channel that has to know', async () => {
    const phone = await customer(cloud, tiktok, '6800000000000200005');
    const body = { type: 'image', url: `data:image/webp;base64,${webp.toString('base64')}` };
    const path = `tiktok/phones/${phone.id}/messages`;
    const written = await control(cloud, path, 'POST', { account: tiktok.external_id, body });
    const media_url = new URL((written as { body: { url: string } }).body.url, cloud.access.url).href;
    const sent = await send({ channel: 'tiktok', to: phone.address, message: '', media_url });
    assert.deepEqual([mediaOf(sent).status, mediaOf(sent).url], ['pending', null]);
    const row = await whenMessage(cloud, nile, sent, isOut);
    assert.deepEqual([row['type'], mediaOf(row).mime], ['image', 'image/jpeg']);
  });

  test('a link that the channel takes stays a link', async () => {
    const media_url = 'https://example.com/menu.pdf';
    const sent = await send({ to: `+${++number}`, media_url });
    assert.deepEqual([sent['type'], mediaOf(sent).status, mediaOf(sent).url], ['document', 'ready', media_url]);
  });

  for (const [media_url, reason] of [
    ['https://169.254.169.254/a.webp', /not public/],
    ['https://[::ffff:127.0.0.1]/a.webp', /not public/],
    ['https://localhost/a.webp', /not public/],
    ['http://example.com/a.webp', /not https/],
  ] as const) {
    test(`F17: ${media_url} is not followed`, async () => {
      const row = await whenMessage(cloud, nile, await send({ to: `+${++number}`, media_url }), 'FAILED');
      const error = row['error'] as Row;
      assert.equal(error['class'], 'media_problem');
      assert.match(String(error['message']), reason);
      assert.deepEqual([mediaOf(row).status, mediaOf(row).url], ['failed', null]);
    });
  }

  test('a file that was received can be passed on to a channel that takes less', async () => {
    const phone = await customer(cloud, lite, `+${++number}`);
    const buyer = await customer(cloud, tiktok, '6800000000000200004');
    const upload_id = await bring(cloud, nile, 'a.webp', webp);
    const first = await send({ channel: 'whatsapp_lite', to: phone.address, media_type: 'document', upload_id });
    await whenMessage(cloud, nile, first, isOut);
    const passed = await send({ channel: 'tiktok', to: buyer.address, message: '', forward_of: first.id });
    const row = await whenMessage(cloud, nile, passed, isOut);
    assert.deepEqual([row['type'], mediaOf(row).mime], ['image', 'image/jpeg']);
    const [original] = await rows(cloud, nile, `messages?id=eq.${first.id}`);
    assert.deepEqual([mediaOf(original as Row).mime, (original as Row)['type']], ['image/webp', 'document']);
  });
});

function drawing(background = 'teal') {
  return sharp({ create: { width: 640, height: 480, channels: 3, background } });
}

function send(request: Partial<Send>): Promise<Row> {
  return sendText(cloud, nile, { channel: 'whatsapp_cloud', message: '', to: '', ...request });
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The last thing on the phone's screen. */
async function receivedBy(phone: Phone): Promise<{ type: string; bytes: Buffer }> {
  const shown = (await thread(cloud, whatsapp, phone)).at(-1) as unknown as { body: { type: string; url: string } };
  return { type: shown.body.type, bytes: (await bytesAt(shown.body.url)).bytes };
}
