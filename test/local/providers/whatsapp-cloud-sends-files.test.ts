import assert from 'node:assert/strict';
import test from 'node:test';
import type { FileBytes } from '../../../layers/core/src/channels/contract.ts';
import { channel } from '../../../layers/core/src/channels/whatsapp_cloud/index.ts';
import type { Body, Media } from '../../../layers/core/src/domain/body.ts';
import { at, until } from './rig.ts';
import { startOpenCloudRig } from './whatsapp-cloud-rig.ts';

const rig = await startOpenCloudRig();

const png = Buffer.from('\x89PNG\r\n\x1a\n rest', 'latin1');

function stored(mime: string, filename: string): Media {
  return { status: 'ready', key: `org/${filename}`, mime, filename };
}

function reads(bytes: Buffer, mime: string): () => Promise<FileBytes> {
  return async () => ({ ok: true, bytes: new Uint8Array(bytes), mime });
}

test('a file of our bucket goes as bytes, and by the id that Meta gave it', async () => {
  const body: Body = { type: 'image', media: stored('image/png', 'a.png'), text: 'look' };
  const receipt = await rig.sendBody(body, { readFile: reads(png, 'image/png') });
  assert.equal(receipt.outcome, 'accepted', JSON.stringify(receipt));
  await until(async () => at((await rig.thread()).at(-1), 'body.caption') === 'look');
  const shown = await fetch(String(at((await rig.thread()).at(-1), 'body.url')));
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), png);
  assert.deepEqual(at((await rig.asked('/messages')).at(-1)?.body, 'image.caption'), 'look');
  assert.match(String(at((await rig.asked('/messages')).at(-1)?.body, 'image.id')), /^\d{16}$/);
});

test('so do the files above buttons and above a template; of texts there is one type', async () => {
  const file = { type: 'image', media: stored('image/png', 'b.png') } as const;
  const readFile = reads(png, 'image/png');
  const bodies: Body[] = [
    { type: 'interactive', text: 'Pick', interactive: { kind: 'buttons', buttons: [{ id: 'a', title: 'A' }], file } },
    {
      type: 'template',
      template: {
        name: 'order_photo',
        language: 'en_US',
        parameters: ['Ana'],
        header: file,
        buttons: [{ index: 1, url: '42' }],
      },
    },
    { type: 'document', media: stored('text/csv', 'prices.csv') },
  ];
  for (const body of bodies) {
    assert.equal(await channel.check(body), undefined);
    const receipt = await rig.sendBody(body, { readFile });
    assert.equal(receipt.outcome, 'accepted', JSON.stringify(receipt));
  }
});

test('a file that can not be read, or that Meta does not take, is no message; one that is on its way may be tried again', async () => {
  const body: Body = { type: 'image', media: stored('image/png', 'c.png') };
  const before = (await rig.asked('/messages')).length;
  const gone = await rig.sendBody(body, { readFile: async () => ({ ok: false, permanent: true, reason: 'gone' }) });
  assert.deepEqual(gone.outcome === 'refused' && [gone.error.class, gone.retryable], ['media_problem', false]);
  const late = await rig.sendBody(body, { readFile: async () => ({ ok: false, permanent: false, reason: 'late' }) });
  assert.deepEqual(late.outcome === 'refused' && [late.error.class, late.retryable], ['provider_down', true]);
  await rig.call('POST', '/whatsapp_cloud/faults', { code: 131053, path: '/media' });
  const unfit = await rig.sendBody(body, { readFile: reads(png, 'image/png') });
  assert.deepEqual(unfit.outcome === 'refused' && [unfit.error.class, unfit.retryable], ['media_problem', false]);
  await rig.call('POST', '/whatsapp_cloud/faults', { lose_answer: true, path: '/media' });
  const lost = await rig.sendBody(body, { readFile: reads(png, 'image/png') });
  assert.deepEqual(lost.outcome === 'refused' && [lost.error.class, lost.retryable], ['provider_down', true]);
  assert.equal((await rig.asked('/messages')).length, before);
});
