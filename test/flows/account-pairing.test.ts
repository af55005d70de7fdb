import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { ask, control, eventually, testCloud } from '../support/cloud.ts';
import type { Answer } from '../support/cloud.ts';
import { healthOf } from '../support/health.ts';
import { gatewayOf } from '../support/gateways.ts';

const cloud = await testCloud();
const [organization, account] = gatewayOf(cloud.access.organizations);

suite('pairing an account with a phone', () => {
  after(() => cloud.close());

  test('a linked phone has nothing to scan', async () => {
    const { body } = await act('pair_channel_account');
    assert.deepEqual([body['state'], body['qr'], body['qr_svg']], ['connected', null, null]);
  });

  test('an unlinked one shows a code, until it is scanned', async () => {
    assert.equal((await act('logout_channel_account')).body['state'], 'scan_qr');
    const shown = await eventually('the code', async () => {
      const { body } = await act('pair_channel_account');
      return body['state'] === 'scan_qr' && body;
    });
    assert.match(String(shown['qr']), /^2@/);
    assert.match(String(shown['qr_svg']), /^<svg [^>]+>/);
    assert.ok(Date.parse(String(shown['expires_at'])) > Date.now());
    await eventually(
      'its health says so',
      async () => (await healthOf(cloud, organization, account))['state'] === 'disconnected',
    );
    await control(cloud, `whatsapp_lite/accounts/${encodeURIComponent(account.external_id)}/pair`, 'POST', {});
    await eventually(
      'the phone is linked',
      async () => (await act('pair_channel_account')).body['state'] === 'connected',
    );
    await eventually(
      'its health says so',
      async () => (await healthOf(cloud, organization, account))['state'] === 'healthy',
    );
  });
});

function act(action: string): Promise<Answer> {
  return ask(cloud, organization, `/rest/v1/rpc/${action}`, { id: account.id });
}
