import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud, patch } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { comesDue, later } from '../support/later.ts';
import { listen } from '../support/live.ts';
import { clearFaults, customer, fault, requestsOf, textsTo } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { sendText, whenMessage, isOut } from '../support/sends.ts';
import { healthOf } from '../support/health.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const business = accountOf(nile, 'whatsapp_cloud');
const shop = accountOf(nile, 'tiktok');
const bot = accountOf(nile, 'telegram');
const otherBot = accountOf(gulf, 'telegram');
const otherShop = accountOf(gulf, 'tiktok');

const expired = {
  error: { message: 'Error validating access token', type: 'OAuthException', code: 190, error_subcode: 463 },
};

suite('F24: an account whose credentials are taken back', () => {
  after(() => cloud.close());

  test('it needs to be connected again, said once; what was accepted waits and then leaves in order', async () => {
    const socket = await listen(cloud, { apikey: nile.api_key });
    const phones = await Promise.all(['+201552400001', '+201552400002'].map((to) => customer(cloud, business, to)));
    await fault(cloud, 'whatsapp_cloud', { times: 1000, status: 401, body: expired });
    const first = await Promise.all(phones.map((phone) => toCloud(phone, 'one')));
    await eventually(
      'the account needs it',
      async () => (await healthOf(cloud, nile, business))['state'] === 'needs_reauth',
    );
    const later = [];
    for (const text of ['two', 'three']) for (const phone of phones) later.push(await toCloud(phone, text));
    await cloud.drain();
    for (const { id } of [...first, ...later]) {
      const [row] = await rows(cloud, nile, `messages?id=eq.${id}`);
      assert.deepEqual([row?.['status'], row?.['error']], ['PENDING', null]);
    }
    await eventually('the alarm', () => alertsOf(business).length > 0);
    assert.equal(alertsOf(business).length, 1, 'told once');
    const told = () =>
      socket
        .rows('channel_account.updated', business.id)
        .filter((row) => (row['health'] as Row)['state'] === 'needs_reauth');
    await eventually('clients are told', () => told().length > 0);
    assert.equal(told().length, 1);
    assert.ok((await feedOf(business)).length > 0);
    const asked = (await requestsOf(cloud, 'whatsapp_cloud')).filter(({ path }) => path.endsWith('/messages')).length;
    assert.ok(asked <= 4, `the provider was asked ${asked} times with credentials that it had refused`);

    await clearFaults(cloud, 'whatsapp_cloud');
    const credentials = { access_token: business.access_token };
    const path = `/rest/v1/channel_accounts?id=eq.${business.id}`;
    const body = JSON.stringify({ credentials, probe: false });
    assert.equal((await ask(cloud, nile, path, undefined, { method: 'PATCH', body })).status, 204);
    for (const message of [...first, ...later]) await whenMessage(cloud, nile, message, isOut);
    for (const phone of phones) assert.deepEqual(await textsTo(cloud, business, phone), ['one', 'two', 'three']);
    const history = await rows(cloud, nile, `channel_account_health?channel_account_id=eq.${business.id}`);
    assert.ok(history.some(({ state }) => state === 'needs_reauth'));
  });

  test('a failure that may pass says nothing of the credentials', async () => {
    const phone = await customer(cloud, bot, '612400001');
    for (const one of [
      { times: 1, status: 503, body: { ok: false, error_code: 503, description: 'Service Unavailable' } },
      { times: 1, lose_answer: true },
    ]) {
      await fault(cloud, 'telegram', one);
      await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'through the weather' });
      await cloud.drain();
      assert.notEqual((await healthOf(cloud, nile, bot))['state'], 'needs_reauth');
    }
    await clearFaults(cloud, 'telegram');
  });

  test('a switched off account lets scheduled messages wait until it is on again', async () => {
    const phone = await customer(cloud, otherBot, '612400002');
    const scheduled = { channel: 'telegram', to: phone.address, message: 'Later', scheduled_at: later() } as const;
    const message = await sendText(cloud, gulf, scheduled);
    await setStatus(otherBot, 'Inactive');
    await comesDue(cloud, message);
    await cloud.drain();
    assert.equal((await whenMessage(cloud, gulf, message, () => true))['status'], 'PENDING');
    assert.deepEqual(await textsTo(cloud, otherBot, phone), []);
    await setStatus(otherBot, 'Active');
    const sent = await whenMessage(cloud, gulf, message, 'SENT');
    assert.equal(sent['attempt'], 1);
    assert.deepEqual(await textsTo(cloud, otherBot, phone), ['Later']);
  });

  test('a refresh token that works once is used once by twenty sends at a time', async () => {
    const phones = await Promise.all(
      Array.from({ length: 20 }, (_, index) => customer(cloud, shop, `68000000000024${1000 + index}`)),
    );
    await control(cloud, 'tiktok/requests', 'DELETE');
    await control(cloud, `tiktok/accounts/${shop.external_id}/expire`, 'POST', {});
    await fault(cloud, 'tiktok', { path: 'refresh_token', delay_ms: 800 });
    const sent = await Promise.all(phones.map((phone) => toShop(phone, 'still here')));
    for (const message of sent) await whenMessage(cloud, nile, message, 'SENT');
    const renewals = (await requestsOf(cloud, 'tiktok')).filter(({ path }) => path.endsWith('/refresh_token/'));
    assert.deepEqual(
      renewals.map(({ status }) => status),
      [200],
    );
    assert.notEqual((await healthOf(cloud, nile, shop))['state'], 'needs_reauth');
  });

  test('a refresh that can not be had now is not held against the account', async () => {
    const phone = await customer(cloud, otherShop, '680000000000242001');
    await control(cloud, `tiktok/accounts/${otherShop.external_id}/expire`, 'POST', {});
    await fault(cloud, 'tiktok', { times: 1000, path: 'refresh_token', status: 503, body: {} });
    const message = await sendText(cloud, gulf, { channel: 'tiktok', to: phone.address, message: 'patience' });
    await whenMessage(cloud, gulf, message, (row) => (row['waiting_for'] as Row | null)?.['reason'] === 'retry');
    const refreshes = (await requestsOf(cloud, 'tiktok')).filter(({ path }) => path.endsWith('/refresh_token/'));
    assert.ok(refreshes.some(({ status }) => status === 503));
    assert.notEqual((await healthOf(cloud, gulf, otherShop))['state'], 'needs_reauth');
    const [row] = await rows(cloud, gulf, `messages?id=eq.${message.id}`);
    assert.equal(row?.['status'], 'PENDING');
    await clearFaults(cloud, 'tiktok');
  });

  test('a refresh that is refused means that the credentials are lost', async () => {
    const phone = await customer(cloud, shop, '680000000000242002');
    await control(cloud, `tiktok/accounts/${shop.external_id}/expire`, 'POST', {});
    const refused = { code: 40105, message: 'The refresh token is invalid', request_id: 'r', data: {} };
    await fault(cloud, 'tiktok', { times: 5, path: 'refresh_token', status: 200, body: refused });
    await toShop(phone, 'no more');
    await eventually(
      'the account needs it',
      async () => (await healthOf(cloud, nile, shop))['state'] === 'needs_reauth',
    );
    await eventually('the alarm', () => alertsOf(shop).length > 0);
    assert.equal(alertsOf(shop).length, 1);
    await clearFaults(cloud, 'tiktok');
  });
});

function toCloud(phone: Phone, message: string): Promise<Row> {
  return sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message });
}

function toShop(phone: Phone, message: string): Promise<Row> {
  return sendText(cloud, nile, { channel: 'tiktok', to: phone.address, message });
}

async function setStatus({ id }: Account, status: string): Promise<void> {
  await patch(cloud, gulf, `channel_accounts?id=eq.${id}`, { status });
}

function alertsOf({ id }: Account): string[] {
  return cloud.logs.filter((line) => line.includes('account needs reauth') && line.includes(id));
}

async function feedOf({ id }: Account): Promise<Row[]> {
  const feed = (await ask(cloud, nile, '/rest/v1/changes?seq=gt.0&limit=1000')).body as unknown as { changes: Row[] }[];
  return feed.flatMap(({ changes }) => changes).filter((change) => change['channel_account_id'] === id);
}
