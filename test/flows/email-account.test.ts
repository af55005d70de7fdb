import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { mailbox, mailIn, messageOf, plainMail } from '../support/mail.ts';
import { addPhone, clearFaults, fault } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const account = accountOf(nile, 'email');

suite('an email account', () => {
  after(() => cloud.close());

  test('whose password is refused lets its mail wait until it is mended', async () => {
    const mona = await addPhone(cloud, 'email', 'mona.auth@customers.example');
    await fault(cloud, 'email', { path: '/auth', status: 535, times: 20 });
    const sent = await sendText(cloud, nile, { channel: 'email', to: mona.address, message: 'Later' });
    await whenHealth('needs_reauth');
    assert.equal((await rows(cloud, nile, `messages?id=eq.${sent.id}`))[0]?.['status'], 'PENDING');
    await clearFaults(cloud, 'email');
    const tested = await ask(cloud, nile, '/rest/v1/rpc/test_channel_account', { id: account.id });
    assert.equal(tested.status, 200, JSON.stringify(tested.body));
    await whenMessage(cloud, nile, sent, 'SENT');
    assert.equal((await mailbox(cloud, account, mona)).length, 1);
  });

  test('takes mail at the address that its owner chose for it', async () => {
    const raw = plainMail({
      from: 'x@customers.example',
      to: account.external_id,
      subject: 's',
      id: 'tagged-1@x',
      text: 'Hi',
    });
    await mailIn(cloud, { envelope: { from: 'x@customers.example', to: 'support+anything@nile.example' }, raw });
    assert.equal((await messageOf(cloud, nile, 'tagged-1@x'))['message'], 'Hi');
  });
});

async function whenHealth(state: string): Promise<void> {
  let health: Row | undefined;
  await eventually(
    () => `the account is ${state}: ${JSON.stringify(health)}`,
    async () => {
      [health] = await rows(cloud, nile, `channel_account_health?channel_account_id=eq.${account.id}`);
      return health?.['state'] === state;
    },
  );
}
