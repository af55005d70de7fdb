import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { control, eventually, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { act, thread } from '../support/phones.ts';
import { whenMessage } from '../support/sends.ts';
import { onTikTok } from '../support/tiktok.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const { account, newCustomer, conversationOf, messagesOf, send } = onTikTok(cloud, nile);

suite('files on TikTok', () => {
  after(() => cloud.close());

  test("a customer's picture is fetched with the token", async () => {
    const phone = await newCustomer();
    await act(cloud, account, phone, { type: 'image' });
    const media = await whenPicture(await conversationOf(phone), 'INBOUND');
    const response = await fetch(String(media['url']));
    assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'image/png']);
  });

  test('a picture goes as bytes', async () => {
    const phone = await newCustomer();
    const picture = await act(cloud, account, phone, { type: 'image' });
    const sent = await send({ to: phone.address, media_url: picture.body.url, media_type: 'image' });
    await whenMessage(cloud, nile, sent, 'SENT');
    const shown = (await thread(cloud, account, phone)).at(-1) as unknown as { body: { type: string; url: string } };
    assert.equal(shown.body.type, 'image');
    assert.equal((await fetch(shown.body.url)).status, 200);
  });

  test('a link that leads to no public place is not followed', async () => {
    const phone = await newCustomer();
    const sent = await send({ to: phone.address, media_url: 'http://127.0.0.1:1/a.png', media_type: 'image' });
    const row = await whenMessage(cloud, nile, sent, 'FAILED');
    assert.equal((row['error'] as Row)['class'], 'media_problem');
  });

  test('a picture that is sent in the app is fetched too', async () => {
    const phone = await newCustomer();
    await control(cloud, `tiktok/accounts/${account.external_id}/messages`, 'POST', { to: phone.address });
    await whenPicture(await conversationOf(phone), 'OUTBOUND');
  });
});

/** The media of the conversation's picture, once its bytes are in the bucket. */
function whenPicture(conversation: Row, direction: string): Promise<Row> {
  return eventually('the picture', async () => {
    const found = (await messagesOf(conversation)).find(
      (row) => row['type'] === 'image' && row['direction'] === direction,
    );
    const media = found?.['media'] as Row | undefined;
    return media?.['status'] === 'ready' && media;
  });
}
