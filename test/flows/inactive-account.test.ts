import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { requestsOf } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const lite = accountOf(nile, 'whatsapp_lite');

suite('an account that is switched off', () => {
  after(() => cloud.close());

  test('a message that was scheduled before does not leave any more, and says why', async () => {
    const scheduled_at = new Date(Date.now() + 2500).toISOString();
    const message = await sendText(cloud, nile, {
      channel: 'whatsapp_lite',
      to: '+201550700001',
      message: 'Later',
      scheduled_at,
    });
    const path = `/rest/v1/channel_accounts?id=eq.${lite.id}`;
    const off = await ask(cloud, nile, path, undefined, {
      method: 'PATCH',
      body: JSON.stringify({ status: 'Inactive' }),
    });
    assert.equal(off.status, 204);
    const failed: Row = await whenMessage(cloud, nile, message, 'FAILED');
    assert.equal((failed['error'] as Row)['code'], 'channel_inactive');
    assert.equal(
      (await requestsOf(cloud, 'whatsapp_lite')).filter(({ path: asked }) => asked.endsWith('/send')).length,
      0,
    );
  });
});
