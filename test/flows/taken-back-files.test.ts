import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import sharp from 'sharp';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { invoke } from '../support/functions.ts';
import { bring, keysUnder, mediaOf } from '../support/media.ts';
import { addPhone, clearFaults, customer, fault, act } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { sendText, whenMessage, whenSent } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const meta = accountOf(nile, 'whatsapp_cloud');
const bot = accountOf(nile, 'telegram');
const photo = await sharp({ create: { width: 900, height: 700, channels: 3, background: 'teal' } })
  .webp()
  .toBuffer();

describe('the files of what was taken back', () => {
  after(() => cloud.close());

  test('a customer’s picture goes with its thumbnail, and nobody else’s does', async () => {
    const phone = await customer(cloud, meta, '+201573000001');
    const [kept, gone] = [await picture(phone), await picture(phone)];
    assert.equal((await filesOf(gone)).length, 2, 'the picture and its thumbnail');
    await act(cloud, meta, phone, { type: 'unsend', message_id: gone['provider_message_id'] });
    await eventually('the files are gone', async () => (await filesOf(gone)).length === 0);
    assert.equal((await fetch(String(mediaOf(gone).url))).status, 404);
    assert.equal((await filesOf(kept)).length, 2);
    assert.equal((await fetch(String(mediaOf(kept).url))).status, 200);
  });

  test('what was passed on stays where it went, and goes when that is taken back', async () => {
    const [phone, other] = [await customer(cloud, meta, '+201573000002'), await customer(cloud, bot, '751730002')];
    const original = await picture(phone);
    const passed = await whenSent(
      cloud,
      nile,
      await sendText(cloud, nile, { channel: 'telegram', to: other.address, message: '', forward_of: original.id }),
    );
    assert.notEqual((await filesOf(passed)).length, 0, 'it has a file of its own');
    await act(cloud, meta, phone, { type: 'unsend', message_id: original['provider_message_id'] });
    await eventually('the original’s files are gone', async () => (await filesOf(original)).length === 0);
    assert.equal((await fetch(String(mediaOf(passed).url))).status, 200);
    await takeBack(passed);
    await eventually('its own are gone too', async () => (await filesOf(passed)).length === 0);
  });

  test('of what we sent the file goes with what it was converted from; the upload stays for who sends it again', async () => {
    const phone = await customer(cloud, bot, '751730003');
    const upload_id = await bring(cloud, nile, 'shop.webp', photo);
    const request = {
      channel: 'telegram',
      to: phone.address,
      message: 'Look',
      media_type: 'image',
      upload_id,
    } as const;
    const [first, second] = [
      await whenSent(cloud, nile, await sendText(cloud, nile, request)),
      await whenSent(cloud, nile, await sendText(cloud, nile, request)),
    ];
    assert.ok((await filesOf(first)).length >= 2);
    await takeBack(first);
    await eventually('its files are gone', async () => (await filesOf(first)).length === 0);
    assert.equal((await fetch(String(mediaOf(second).url))).status, 200);
    assert.equal((await keysUnder(cloud, `uploads/${nile.id}/${upload_id}`)).length, 1);
  });

  test('a file that is still on its way is not kept', async () => {
    const phone = await customer(cloud, meta, '+201573000004');
    await fault(cloud, 'whatsapp_cloud', { path: 'lookaside', delay_ms: 1500, times: 1 });
    const { id } = await act(cloud, meta, phone, { type: 'image' });
    const row = await eventually('the message', () => messageNamed(id));
    await act(cloud, meta, phone, { type: 'unsend', message_id: id });
    await whenMessage(cloud, nile, row, (one) => one['deleted_at'] !== null);
    await cloud.drain();
    await clearFaults(cloud, 'whatsapp_cloud');
    await eventually('nothing is left of it', async () => (await filesOf(row)).length === 0);
  });

  test('removed again, nothing is amiss', async () => {
    const phone = await customer(cloud, meta, '+201573000005');
    const gone = await picture(phone);
    await act(cloud, meta, phone, { type: 'unsend', message_id: gone['provider_message_id'] });
    await eventually('the files are gone', async () => (await filesOf(gone)).length === 0);
    const record = { messageId: 'm', receiptHandle: 'r', body: JSON.stringify({ folder: folderOf(gone) }) };
    const answer = await invoke(cloud, 'Media', {
      Records: [{ ...record, attributes: { ApproximateReceiveCount: '2' } }],
    });
    assert.deepEqual(answer, { batchItemFailures: [] });
  });

  test('after a change of number the files are found where they were', async () => {
    const phone = await addPhone(cloud, 'whatsapp_cloud', '+201573000006');
    const early = await picture(phone);
    const before = await customer(cloud, meta, '+201573000007');
    await control(cloud, `whatsapp_cloud/accounts/${meta.external_id}/number`, 'POST', {
      phone: before.id,
      address: '+201573000006',
    });
    const moved = await eventually('it went over', async () => {
      const row = await messageNamed(String(early['provider_message_id']));
      return row && row.id !== early.id && row;
    });
    assert.equal((await fetch(String(mediaOf(moved).url))).status, 200);
    await act(cloud, meta, phone, { type: 'unsend', message_id: early['provider_message_id'] });
    await eventually('the files are gone', async () => (await filesOf(early)).length === 0);
  });
});

function folderOf({ organization_id, conversation_id, id }: Row): string {
  return `${String(organization_id)}/${String(conversation_id)}/${id}`;
}

function filesOf(message: Row): Promise<string[]> {
  return keysUnder(cloud, folderOf(message));
}

/** A picture of a customer's, once it is in the bucket. */
async function picture(phone: Phone): Promise<Row> {
  const { id } = await act(cloud, meta, phone, { type: 'image' });
  return eventually('the picture', async () => {
    const row = await messageNamed(id);
    return row && mediaOf(row).status === 'ready' && row;
  });
}

async function messageNamed(id: string): Promise<Row | undefined> {
  return (await rows(cloud, nile, `messages?provider_message_id=eq.${encodeURIComponent(id)}`))[0];
}

async function takeBack({ id }: Row): Promise<void> {
  const answer = await ask(cloud, nile, '/rest/v1/rpc/delete_message', { message_id: id });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}
