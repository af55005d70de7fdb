import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { emailOf, mailbox, messageOf, writeMail } from '../support/mail.ts';
import { addPhone, clearFaults, fault } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const account = accountOf(nile, 'email');

suite('F30: mail that is passed on', () => {
  after(() => cloud.close());

  test('takes nothing along that leads back: no thread, no copies, no tag of the first customer', async () => {
    const [mona, omar] = [
      await addPhone(cloud, 'email', 'mona.f30@customers.example'),
      await addPhone(cloud, 'email', 'omar.f30@customers.example'),
    ];
    const first = await messageOf(
      cloud,
      nile,
      await writeMail(cloud, account, mona, { text: 'My card is 1234', subject: 'Private' }),
    );
    const passed = await sendText(cloud, nile, {
      channel: 'email',
      to: omar.address,
      message: '',
      forward_of: first.id,
    });
    await whenMessage(cloud, nile, passed, 'SENT');
    assert.deepEqual(
      [passed['forward_of_id'], passed['reply_to_id'], emailOf(passed).subject],
      [first.id, null, 'Fwd: Private'],
    );
    assert.notEqual(passed['conversation_id'], first['conversation_id']);
    const [mail] = await mailbox(cloud, account, omar);
    assert.equal(mail?.text, 'My card is 1234');
    assert.deepEqual(
      [mail?.mail.headers['in-reply-to'], mail?.mail.headers['references'], mail?.mail.headers['cc']],
      [undefined, undefined, undefined],
    );
    const answer = await messageOf(cloud, nile, await writeMail(cloud, account, omar, { text: 'Seen' }));
    assert.equal(answer['conversation_id'], passed['conversation_id']);
    assert.equal((await mailbox(cloud, account, mona)).length, 1, 'the first customer has only what they wrote');
  });

  test('tried again, it goes where it was going', async () => {
    const [mona, omar] = [
      await addPhone(cloud, 'email', 'mona.again@customers.example'),
      await addPhone(cloud, 'email', 'omar.again@customers.example'),
    ];
    const first = await messageOf(
      cloud,
      nile,
      await writeMail(cloud, account, mona, { text: 'Private words', subject: 'Private' }),
    );
    await fault(cloud, 'email', { path: '/data', status: 554, body: '5.7.1 not today' });
    const failed = await sendText(cloud, nile, {
      channel: 'email',
      to: omar.address,
      message: '',
      forward_of: first.id,
    });
    await whenMessage(cloud, nile, failed, 'FAILED');
    await clearFaults(cloud, 'email');
    const again = { to: omar.address, forward_of: first.id };
    const answer = await ask(cloud, nile, '/functions/v1/email-send', again);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    await whenMessage(cloud, nile, answer.body['message'] as typeof first, 'SENT');
    assert.deepEqual(
      [(await mailbox(cloud, account, mona)).length, (await mailbox(cloud, account, omar)).length],
      [1, 1],
    );
  });
});
