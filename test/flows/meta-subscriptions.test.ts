import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Account, Organization } from '../support/cloud.ts';
import { addPhone, requestsOf, write } from '../support/phones.ts';
import { healthOf, checkAll } from '../support/health.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const page = accountOf(nile, 'messenger');
const direct = accountOf(nile, 'instagram');
const byPage = accountOf(gulf, 'instagram');
const number = accountOf(nile, 'whatsapp_cloud');

const subscriptions = [
  { what: 'Messenger', organization: nile, account: page, of: page.external_id, phone: '73900000000001' },
  { what: 'Instagram', organization: nile, account: direct, of: direct.external_id, phone: '83900000000001' },
  { what: 'Instagram, by a page', organization: gulf, account: byPage, of: pageOf(byPage), phone: '83900000000002' },
  { what: 'WhatsApp', organization: nile, account: number, of: number.waba_id, phone: '+201573900001' },
] as const;

suite("Meta's subscriptions", () => {
  after(() => cloud.close());

  for (const { what, organization, account, of, phone } of subscriptions) {
    test(`${what}: one that Meta has ended begins again by itself`, async () => {
      await end(account, of);
      await checkAll(cloud);
      assert.equal((await healthOf(cloud, organization, account))['state'], 'healthy');
      const customer = await addPhone(cloud, account.channel, phone);
      await write(cloud, account, customer, `Are you there, ${what}?`);
      await eventually('the message', async () => {
        const found = await rows(cloud, organization, `messages?channel_account_id=eq.${account.id}&limit=50`);
        return found.some(({ message }) => message === `Are you there, ${what}?`);
      });
    });
  }

  test('an account that Meta will not tell us of is doubtful until it does', async () => {
    const credentials = { access_token: number.access_token, waba_id: number.waba_id };
    await connect({ ...credentials, verify_token: 'not the one of the application' });
    await end(number, number.waba_id);
    await checkAll(cloud);
    const health = await healthOf(cloud, nile, number);
    assert.deepEqual([health['state'], health['code']], ['degraded', 'not_subscribed']);
    await connect({ ...credentials, verify_token: number.verify_token });
    await checkAll(cloud);
    assert.equal((await healthOf(cloud, nile, number))['state'], 'healthy');
  });

  test('one that stands is left alone', async () => {
    const before = await subscribes();
    await checkAll(cloud);
    assert.equal(await subscribes(), before);
  });
});

function pageOf(account: typeof byPage): string {
  return account.login === 'facebook' ? account.page_id : account.external_id;
}

/** As Meta does after an hour without our answers. */
async function end(account: Extract<Account, { access_token: string }>, id: string): Promise<void> {
  const url = `${cloud.access.url}/providers/${account.channel}/v26.0/${id}/subscribed_apps`;
  const headers = { authorization: `Bearer ${account.access_token}` };
  const { status } = await fetch(url, { method: 'DELETE', headers });
  assert.equal(status, 200);
}

/** Gives the number new credentials. */
async function connect(credentials: object): Promise<void> {
  const path = `/rest/v1/channel_accounts?id=eq.${number.id}`;
  const { status } = await ask(cloud, nile, path, undefined, {
    method: 'PATCH',
    body: JSON.stringify({ credentials }),
  });
  assert.ok(status < 300, String(status));
}

async function subscribes(): Promise<number> {
  const requests = await Promise.all(
    (['messenger', 'instagram', 'whatsapp_cloud'] as const).map((channel) => requestsOf(cloud, channel)),
  );
  return requests.flat().filter(({ path, response }) => path.includes('subscribed_apps') && isSuccess(response)).length;
}

function isSuccess(response: unknown): boolean {
  return typeof response === 'object' && response !== null && 'success' in response;
}
