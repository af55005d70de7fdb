import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { addPhone, fault, requestsOf, write } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { nextAddress, onTikTok } from '../support/tiktok.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const { account, newCustomer, textsOn, send } = onTikTok(cloud, nile);

suite('a TikTok account', () => {
  after(() => cloud.close());

  test('a token that has run out is renewed once, however many sends meet it', async () => {
    const phones = await Promise.all([newCustomer(), newCustomer(), newCustomer(), newCustomer()]);
    await control(cloud, 'tiktok/requests', 'DELETE');
    await control(cloud, `tiktok/accounts/${account.external_id}/expire`, 'POST', {});
    // While the new token is on its way, everybody else still has the old one.
    await fault(cloud, 'tiktok', { path: 'refresh_token', delay_ms: 1500 });
    const sent = await Promise.all(phones.map((phone) => send({ to: phone.address, message: 'still here' })));
    for (const message of sent) await whenMessage(cloud, nile, message, 'SENT');
    const renewals = (await requestsOf(cloud, 'tiktok')).filter(({ path }) => path.endsWith('/refresh_token/'));
    assert.deepEqual(
      renewals.map(({ status, body }) => [status, String(body['client_secret']).length]),
      [[200, 5]],
    );
    for (const phone of phones) assert.deepEqual(await textsOn(phone), ['Hello', 'still here']);
  });

  test('a token that is about to run out is renewed before it is used', async () => {
    const phone = await newCustomer();
    const data = { access_token: 'act.good-for-a-minute', expires_in: 60 };
    const body = { code: 0, message: 'OK', request_id: 'r', data };
    await fault(cloud, 'tiktok', { path: 'refresh_token', status: 200, body });
    await control(cloud, 'tiktok/requests', 'DELETE');
    await control(cloud, `tiktok/accounts/${account.external_id}/expire`, 'POST', {});
    await whenMessage(cloud, nile, await send({ to: phone.address, message: 'renewed twice' }), 'SENT');
    const paths = (await requestsOf(cloud, 'tiktok')).map(({ path }) => path.split('/').at(-2));
    assert.deepEqual(paths, ['send', 'refresh_token', 'refresh_token', 'send']);
  });

  test('an account is connected by its owner’s consent, asked about, and given back', async () => {
    const gulf = cloud.access.organizations[1] as Organization;
    const own = accountOf(gulf, 'tiktok');
    const path = '/rest/v1/channel_accounts?channel=eq.tiktok';
    assert.equal((await ask(cloud, gulf, path, undefined, { method: 'DELETE' })).status, 204);
    const last = (await requestsOf(cloud, 'tiktok')).at(-1);
    assert.equal(last?.path, '/open_api/v1.3/tt_user/oauth2/revoke/');

    const redirect_url = 'https://inbox.example/';
    const asked = await ask(cloud, gulf, '/rest/v1/rpc/connect_channel', { channel: 'tiktok', redirect_url });
    assert.equal(asked.status, 200, JSON.stringify(asked.body));
    const url = new URL(String(asked.body['url']));
    url.searchParams.set('as', gulf.name);
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
    const { state, code } = Object.fromEntries(back.searchParams);
    const finished = await ask(cloud, gulf, '/rest/v1/rpc/finish_connection', { state, code });
    assert.equal(finished.status, 200, JSON.stringify(finished.body));
    const [connected] = finished.body['accounts'] as Row[];
    assert.deepEqual([connected?.['external_id'], connected?.['name']], [own.external_id, own.name]);

    const tested = await ask(cloud, gulf, '/rest/v1/rpc/test_channel_account', { id: connected?.id });
    assert.equal(tested.body['ok'], true, JSON.stringify(tested.body));
    assert.equal(Object(tested.body['facts'])['webhook'], own.webhook_url);

    const phone = await addPhone(cloud, 'tiktok', nextAddress());
    await write(cloud, own, phone, 'Open today?');
    const answer = await sendText(cloud, gulf, { channel: 'tiktok', to: phone.address, message: 'Until ten' });
    await whenMessage(cloud, gulf, answer, 'SENT');

    await control(cloud, `tiktok/accounts/${own.external_id}/leave`, 'POST', {});
    await eventually('the account needs it', async () => {
      const [row] = await rows(cloud, gulf, 'channel_accounts?channel=eq.tiktok');
      return Object(row?.['health'])['state'] === 'needs_reauth';
    });
  });
});
