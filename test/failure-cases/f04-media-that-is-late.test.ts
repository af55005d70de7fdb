import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, suite, test } from 'node:test';
import { accountOf, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { invoke, received } from '../support/functions.ts';
import { bytesAt, mediaOf } from '../support/media.ts';
import { addPhone, clearFaults, fault, requestsOf } from '../support/phones.ts';
import { rowOf, whenMessage } from '../support/sends.ts';
import { sharp } from '../support/wasm-sharp.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: 'teal' } })
  .jpeg()
  .toBuffer();
let number = 201_550_004_000;

suite('F04: media that is late', () => {
  after(() => cloud.close());

  test('a host that answers 503 for a while: visible at once, ready in the end', async () => {
    await fault(cloud, 'whatsapp_cloud', { path: 'lookaside', status: 503, times: 1000 });
    const row = await customerSends({ type: 'image', url: dataUrl('image/jpeg', picture), caption: 'look' });
    assert.deepEqual([mediaOf(row).status, mediaOf(row).url, row['message']], ['pending', null, 'look']);
    await eventually('it was asked twice', async () => (await refusals()).length >= 2);
    await clearFaults(cloud, 'whatsapp_cloud');
    const media = mediaOf(await whenMessage(cloud, nile, row, hasMedia('ready')));
    assert.equal(media.sha256, createHash('sha256').update(picture).digest('hex'));
    assert.deepEqual([media.size, media.mime, media.width, media.height], [picture.length, 'image/jpeg', 640, 480]);
    assert.deepEqual((await bytesAt(media.url)).bytes, picture);
    const thumbnail = await sharp((await bytesAt(media.thumbnail_url)).bytes).metadata();
    assert.deepEqual([thumbnail.format, thumbnail.width, thumbnail.height], ['jpeg', 320, 240]);
  });

  for (const status of [403, 404, 410]) {
    test(`a link that is answered ${status} is asked for anew from the file's id`, async () => {
      await control(cloud, 'whatsapp_cloud/requests', 'DELETE');
      await fault(cloud, 'whatsapp_cloud', { path: 'lookaside', status });
      const row = await customerSends({ type: 'image', url: dataUrl('image/jpeg', picture) });
      await whenMessage(cloud, nile, row, hasMedia('ready'));
      const asked = (await requestsOf(cloud, 'whatsapp_cloud')).map(
        ({ path }) => /lookaside|\/\d{16}\?/.exec(path)?.[0],
      );
      assert.deepEqual(
        asked.filter(Boolean).map((place) => (place === 'lookaside' ? 'file' : 'id')),
        ['id', 'file', 'id', 'file'],
      );
    });
  }

  test('a file whose id has run out is failed, with the reason, and the message stays', async () => {
    await fault(cloud, 'whatsapp_cloud', { path: '/v26.0/', status: 400, times: 2 });
    const row = await customerSends({ type: 'image', url: dataUrl('image/jpeg', picture), caption: 'too late' });
    const failed = await whenMessage(cloud, nile, row, hasMedia('failed'));
    assert.match(String(mediaOf(failed).error), /400/);
    assert.deepEqual([failed['message'], failed['status'], mediaOf(failed).url], ['too late', 'DELIVERED', null]);
    await clearFaults(cloud, 'whatsapp_cloud');
  });

  test('a host that never answers well is failed after the last try', async () => {
    await fault(cloud, 'whatsapp_cloud', { path: 'lookaside', status: 500, times: 20 });
    const row = await customerSends({
      type: 'document',
      url: dataUrl('text/plain', Buffer.from('hello')),
      filename: 'a.txt',
    });
    const task = { organizationId: nile.id, messageId: row.id };
    assert.equal(mediaOf(await rowOf(cloud, nile, row)).status, 'pending');
    await invoke(cloud, 'Media', received(task, 8));
    const failed = mediaOf(await rowOf(cloud, nile, row));
    assert.deepEqual([failed.status, failed.error], ['failed', 'the server answered 500']);
    await clearFaults(cloud, 'whatsapp_cloud');
    await invoke(cloud, 'Media', received(task, 9));
    assert.equal(mediaOf(await rowOf(cloud, nile, row)).status, 'failed', 'what has ended is not begun again');
  });

  test('what the provider says of a file counts less than the file', async () => {
    const lying = await customerSends({ type: 'image', url: dataUrl('image/png', picture) });
    assert.equal(mediaOf(await whenMessage(cloud, nile, lying, hasMedia('ready'))).mime, 'image/jpeg');
    const html = Buffer.from('<script>alert(1)</script>');
    const page = await customerSends({ type: 'document', url: dataUrl('text/html', html), filename: 'a"\n.html' });
    const media = mediaOf(await whenMessage(cloud, nile, page, hasMedia('ready')));
    const stored = await bytesAt(media.url);
    assert.deepEqual([media.mime, stored.mime, media.thumbnail_url], ['text/plain', 'text/plain', null]);
    assert.match(String(stored.disposition), /^attachment; filename\*=UTF-8''a%22%0A\.html$/);
  });

  test('a file of a type that says too little of it keeps the declared one', async () => {
    const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
    const row = await customerSends({ type: 'document', url: dataUrl(word, zip), filename: 'a.docx' });
    assert.equal(mediaOf(await whenMessage(cloud, nile, row, hasMedia('ready'))).mime, word);
  });

  test('a picture that can not be read is a file all the same', async () => {
    const row = await customerSends({ type: 'image', url: dataUrl('image/jpeg', picture.subarray(0, 500)) });
    const media = mediaOf(await whenMessage(cloud, nile, row, hasMedia('ready')));
    assert.deepEqual([media.size, media.thumbnail_url], [500, null]);
  });
});

async function customerSends(body: object): Promise<Row> {
  const phone = await addPhone(cloud, 'whatsapp_cloud', `+${++number}`);
  const path = `whatsapp_cloud/phones/${phone.id}/messages`;
  await control(cloud, path, 'POST', { account: account.external_id, body });
  return eventually('the message', async () => {
    const [contact] = await rows(cloud, nile, `contacts?phone=eq.${encodeURIComponent(phone.address)}`);
    return contact && (await rows(cloud, nile, `messages?contact_id=eq.${contact.id}`))[0];
  });
}

async function refusals() {
  return (await requestsOf(cloud, 'whatsapp_cloud')).filter(({ status }) => status === 503);
}

function hasMedia(status: string) {
  return (row: Row) => mediaOf(row).status === status;
}

function dataUrl(mime: string, bytes: Buffer): string {
  return `data:${mime};base64,${bytes.toString('base64')}`;
}
