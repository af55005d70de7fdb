import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { accountOf, testCloud } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { bring } from '../support/media.ts';
import { clearFaults, customer, fault, requestsOf, thread } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { sharp } from '../support/wasm-sharp.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } })
  .jpeg()
  .toBuffer();

/** The middle one, and how each provider says that it takes no more for now; the recipient's limit, and the account's. */
const limits: [Account['channel'], string, string, object][] = [
  ['whatsapp_cloud', 'its customer’s limit', '+201542800001', { code: 131056 }],
  ['whatsapp_cloud', 'its number’s limit', '+201542800002', { code: 130429 }],
  ['telegram', 'its limit', '752800001', { retry_after: 2 }],
];

suite('F28: text, picture, text, and the middle one has to wait', () => {
  after(() => cloud.close());
  beforeEach(async () => {
    for (const channel of ['whatsapp_cloud', 'telegram'] as const) await clearFaults(cloud, channel);
  });

  for (const [channel, limit, address, limited] of limits) {
    test(`${channel}: ${limit} keeps the order, and uses up no attempt`, async () => {
      const account = accountOf(nile, channel);
      const phone = await customer(cloud, account, address);
      const middle = channel === 'telegram' ? 'sendPhoto' : 'messages';
      const send = (message: string, more: object = {}) =>
        sendText(cloud, nile, { channel, to: phone.address, message, ...more });
      const upload_id = await bring(cloud, nile, 'photo.jpg', photo, 'image/jpeg');
      const first = await send('First');
      await whenMessage(cloud, nile, first, (row) => row['sent_at'] !== null);
      await fault(cloud, channel, { ...limited, path: middle });
      const sent: Row[] = [await send('Second', { upload_id, media_type: 'image' }), await send('Third')];
      for (const row of sent) {
        const done = await whenMessage(cloud, nile, row, (one) => one['sent_at'] !== null);
        assert.equal(done['attempt'], 1);
      }
      const shown = (await thread(cloud, account, phone)).filter(({ from }) => from === 'business');
      assert.equal(shown.length, 3);
      assert.deepEqual([shown[0]?.text, shown[2]?.text], ['First', 'Third']);
      const refused = (await requestsOf(cloud, channel)).filter(({ status }) => status >= 400);
      assert.equal(
        refused.filter(({ body }) => JSON.stringify(body).includes(phone.address.replace('+', ''))).length,
        1,
      );
    });
  }
});
