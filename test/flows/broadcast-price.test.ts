import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { homeNumbers, listed, tell } from '../support/broadcasts.ts';
import { accountOf, ask, testCloud, patch } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const sms = accountOf(nile, 'sms');

suite('what a broadcast may cost', () => {
  after(() => cloud.close());

  test("by its own price, else its account's, else its channel's", async () => {
    await patch(cloud, nile, 'organization_settings', { prices: { sms: { amount: 0.3, currency: 'EGP' } } });
    const made = await listed(cloud, nile, homeNumbers(10, 8001), 'Hello');
    const priced = await listed(cloud, nile, homeNumbers(10, 8101), 'Hello', {
      price: { amount: 1, currency: 'USD' },
    });
    const costOf = async (row: typeof made) => (await tell(cloud, nile, 'preview', row))['cost'];
    assert.deepEqual(await costOf(made), { amount: 3, currency: 'EGP' });
    await patch(cloud, nile, `channel_accounts?id=eq.${sms.id}`, {
      settings: { price: { amount: 0.2, currency: 'EGP' } },
    });
    assert.deepEqual(await costOf(made), { amount: 2, currency: 'EGP' });
    assert.deepEqual(await costOf(priced), { amount: 10, currency: 'USD' });
    await patch(cloud, nile, `channel_accounts?id=eq.${sms.id}`, { settings: { price: null } });
    assert.deepEqual(await costOf(made), { amount: 3, currency: 'EGP' });
  });

  test('a price that is none is refused', async () => {
    for (const [path, body] of [
      ['organization_settings', { prices: { sms: { amount: -1, currency: 'EGP' } } }],
      ['organization_settings', { prices: { sms: { amount: 1 } } }],
      [`channel_accounts?id=eq.${sms.id}`, { settings: { price: { amount: 1, currency: 'pounds' } } }],
    ] as const) {
      const answer = await ask(cloud, nile, `/rest/v1/${path}`, body, { method: 'PATCH' });
      assert.equal(answer.status, 400, JSON.stringify(answer.body));
    }
  });
});
