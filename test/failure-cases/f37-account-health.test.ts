import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import { clearFaults, customer, fault, requestsOf, thread } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { healthOf, checkAll } from '../support/health.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const bot = accountOf(nile, 'telegram');
const meta = accountOf(nile, 'whatsapp_cloud');
const refusal = { ok: false, error_code: 401, description: 'Unauthorized' };

suite('F37: how the accounts do', () => {
  after(() => cloud.close());

  test('the provider of every account is asked; the second time nothing is new and nothing is written', async () => {
    await checkAll(cloud);
    const health = await healthOf(cloud, nile, bot);
    assert.deepEqual([health['state'], typeof health['checked_at']], ['healthy', 'string']);
    assert.equal((await historyOf(bot)).length, 1);
    const socket = await listen(cloud, { apikey: nile.api_key });
    cloud.dynamoDb.capacity.reset();
    await checkAll(cloud);
    const writes = cloud.dynamoDb.capacity.read().calls.filter(({ operation }) => /Put|Update|Write/.test(operation));
    assert.deepEqual(writes, []);
    assert.deepEqual(socket.rows('channel_account.updated'), []);
    assert.deepEqual((await historyOf(bot)).length, 1);
  });

  test('templates are read with the first look at an account, and then once a day', async () => {
    const known = await rows(cloud, nile, `templates?channel_account_id=eq.${meta.id}`);
    assert.ok(known.length > 1 && known.every(({ body }) => typeof body === 'string'));
    const asked = await listings();
    assert.ok(asked > 0);
    await checkAll(cloud);
    assert.equal(await listings(), asked);
    const { body } = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', {
      to: '+201551370001',
      template: { name: 'nothing', language: 'en' },
    });
    assert.equal(body['code'], 'template_missing');
  });

  test('a provider that is down makes an account doubtful, not lost', async () => {
    await fault(cloud, 'telegram', { times: 50, status: 503, body: { ok: false, error_code: 503 } });
    await checkAll(cloud);
    assert.equal((await healthOf(cloud, nile, bot))['state'], 'degraded');
    await clearFaults(cloud, 'telegram');
    await checkAll(cloud);
    assert.equal((await healthOf(cloud, nile, bot))['state'], 'healthy');
  });

  test('credentials that the provider refuses are noticed before anybody sends; what is sent then waits for them', async () => {
    const phone = await customer(cloud, bot, '613700001');
    await fault(cloud, 'telegram', { times: 50, status: 401, body: refusal });
    await checkAll(cloud);
    await checkAll(cloud);
    assert.equal((await healthOf(cloud, nile, bot))['state'], 'needs_reauth');
    const alarms = () => cloud.logs.filter((line) => line.includes('account needs reauth') && line.includes(bot.id));
    await eventually('the alarm', () => alarms().length > 0);
    assert.equal(alarms().length, 1);
    await clearFaults(cloud, 'telegram');
    const message = await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'Patience' });
    await cloud.drain();
    const [row] = await rows(cloud, nile, `messages?id=eq.${message.id}`);
    assert.equal(row?.['status'], 'PENDING');
    await checkAll(cloud);
    await whenMessage(cloud, nile, message, 'SENT');
    const said = (await thread(cloud, bot, phone)).filter(({ from }) => from === 'business');
    assert.deepEqual(
      said.map(({ text }) => text),
      ['Patience'],
    );
    assert.deepEqual(
      (await historyOf(bot)).map(({ state }) => state),
      ['healthy', 'needs_reauth', 'healthy', 'degraded', 'healthy'],
    );
  });

  test('an account that is switched off is left alone', async () => {
    const path = `/rest/v1/channel_accounts?id=eq.${bot.id}`;
    await ask(cloud, nile, path, undefined, { method: 'PATCH', body: '{"status":"Inactive"}' });
    await fault(cloud, 'telegram', { times: 50, status: 401, body: refusal });
    await checkAll(cloud);
    assert.equal((await healthOf(cloud, nile, bot))['state'], 'healthy');
    await clearFaults(cloud, 'telegram');
  });

  test('history is of one account, newest first, as a table', async () => {
    const answer = await ask(cloud, nile, `/rest/v1/channel_account_health?channel_account_id=eq.${bot.id}&limit=2`);
    const found = answer.body as unknown as Row[];
    assert.equal(found.length, 2);
    assert.ok(String(found[0]?.['created_at']) > String(found[1]?.['created_at']));
    assert.deepEqual(Object.keys(found[0] ?? {}), [
      'organization_id',
      'channel_account_id',
      'state',
      'detail',
      'created_at',
    ]);
  });
});

/** How often the provider was asked for templates. */
async function listings(): Promise<number> {
  return (await requestsOf(cloud, 'whatsapp_cloud')).filter(({ path }) => path.includes('/message_templates')).length;
}

function historyOf({ id }: Account): Promise<Row[]> {
  return rows(cloud, nile, `channel_account_health?channel_account_id=eq.${id}`);
}
