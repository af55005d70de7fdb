import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { emailOf, mailbox, mailIn, messageOf, messagesOf, plainMail, writeMail, mailFrom } from '../support/mail.ts';
import type { EmailAccount } from '../support/mail.ts';
import { addPhone, requestsOf } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const account = accountOf(nile, 'email');

suite('F29: threads of mail', () => {
  after(() => cloud.close());

  test('an answer with another subject, or without references, joins what it answers', async () => {
    const { sent, mail } = await exchange('ali@customers.example', 'Order 1');
    const rewritten = await arrives('ali@customers.example', 'f29-1@x', 'Something else', [
      `In-Reply-To: <${mail.id}>`,
    ]);
    assert.deepEqual([rewritten['reply_to_id'], rewritten['conversation_id']], [sent.id, sent['conversation_id']]);
    const bare = await arrives('ali@customers.example', 'f29-2@x', 'Re: Order 1');
    assert.equal(bare['conversation_id'], sent['conversation_id']);
    assert.ok(bare['reply_to_id'], 'the subject says what the same person answers');
    const unrelated = await arrives('ali@customers.example', 'f29-3@x', 'Re: Order 99');
    assert.equal(unrelated['reply_to_id'], null);
    const byReferences = await arrives('ali@customers.example', 'f29-4@x', 'New', [
      `References: <other@x>`,
      ` <${mail.id}>`,
    ]);
    assert.equal(byReferences['reply_to_id'], sent.id);
  });

  test('the same subject of another customer joins nothing', async () => {
    const { sent } = await exchange('bella@customers.example', 'Order 2');
    const other = await arrives('carla@customers.example', 'f29-5@x', 'Re: Order 2');
    assert.notEqual(other['conversation_id'], sent['conversation_id']);
    assert.equal(other['reply_to_id'], null);
  });

  test('who answers from another address of theirs is the same person, by our Message-ID or by the address we gave', async () => {
    const { sent, mail } = await exchange('dina@customers.example', 'Order 3');
    const byId = await arrives('dina@private.example', 'f29-6@x', 'Re: Order 3', [`In-Reply-To: <${mail.id}>`]);
    assert.deepEqual(
      [byId['conversation_id'], byId['reply_to_id'], byId['contact_id']],
      [sent['conversation_id'], sent.id, sent['contact_id']],
    );
    const tagged = /<?([^<>\s]+@in\.parley\.example)>?/.exec(mail.mail.headers['reply-to'] ?? '')?.[1] ?? '';
    const raw = plainMail({
      from: 'dina@work.example',
      to: tagged,
      subject: 'No headers at all',
      id: 'f29-7@x',
      text: 'Hi',
    });
    await mailIn(cloud, { envelope: { from: 'dina@work.example', to: tagged.toUpperCase() }, raw });
    assert.equal((await messageOf(cloud, nile, 'f29-7@x'))['conversation_id'], sent['conversation_id']);
    await eventually('every address of hers to be known', async () => {
      const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(sent['contact_id'])}`);
      const known = ((contact?.['identities'] ?? []) as { value: string }[]).map(({ value }) => value);
      return ['dina@customers.example', 'dina@private.example', 'dina@work.example'].every((each) =>
        known.includes(each),
      );
    });
    const fresh = await arrives('dina@work.example', 'f29-8@x', 'Something new');
    assert.notEqual(
      fresh['conversation_id'],
      sent['conversation_id'],
      'a new mail of a further address is a thread of its own',
    );
  });

  test('a token or a Message-ID that is made up leads nowhere', async () => {
    const { sent, mail } = await exchange('emma@customers.example', 'Order 4');
    const forgedId = mail.id.replace(/\.[0-9a-f]{16}@/, '.0000000000000000@');
    const forged = await arrives('eve@evil.example', 'f29-9@x', 'Re: Order 4', [`In-Reply-To: <${forgedId}>`]);
    assert.notEqual(forged['conversation_id'], sent['conversation_id']);
    const tagged = (/([^<>\s]+)@in\.parley\.example/.exec(mail.mail.headers['reply-to'] ?? '')?.[1] ?? '').replace(
      /.{4}$/,
      '0000',
    );
    const raw = plainMail({
      from: 'eve@evil.example',
      to: account.external_id,
      subject: 'x',
      id: 'f29-10@x',
      text: 'Hi',
    });
    await mailIn(cloud, { envelope: { from: 'eve@evil.example', to: `${tagged}@in.parley.example` }, raw });
    assert.notEqual((await messageOf(cloud, nile, 'f29-10@x'))['conversation_id'], sent['conversation_id']);
  });

  test('a copy that was passed on does not bring a stranger into the thread', async () => {
    const { sent, mail } = await exchange('fay@customers.example', 'Order 5');
    const friend = await arrives('friend@else.example', 'f29-11@x', 'Fwd: Order 5', [
      'In-Reply-To: <what-fay-passed-on@customers.example>',
      `References: <${mail.id}> <what-fay-passed-on@customers.example>`,
    ]);
    assert.notEqual(friend['conversation_id'], sent['conversation_id']);
    assert.equal(friend['reply_to_id'], null);
  });

  test('a mailbox that forwards a copy of what came directly doubles nothing', async () => {
    const raw = plainMail({
      from: 'gigi@customers.example',
      to: account.external_id,
      subject: 'Copy',
      id: 'f29-12@x',
      text: 'Hi',
    });
    for (const to of [account.external_id, account.inbound_address])
      await mailIn(cloud, { envelope: { from: 'gigi@customers.example', to }, raw });
    await cloud.drain();
    assert.equal((await messagesOf(cloud, nile, 'f29-12@x')).length, 1);
  });

  test('one mail to two businesses is a message of each, and of neither in the other', async () => {
    const other: EmailAccount = accountOf(gulf, 'email');
    const to = [account.external_id, other.external_id];
    const raw = plainMail({
      from: 'hana@customers.example',
      to: to.join(', '),
      subject: 'Both',
      id: 'f29-13@x',
      text: 'Hi',
    });
    await mailIn(cloud, { envelope: { from: 'hana@customers.example', to }, raw });
    const [one, two] = [await messageOf(cloud, nile, 'f29-13@x'), await messageOf(cloud, gulf, 'f29-13@x')];
    assert.deepEqual([one['channel_account_id'], two['channel_account_id']], [account.id, other.id]);
    assert.notEqual(one.id, two.id);
  });

  test('automatic answers are shown and never answered', async () => {
    const before = (await requestsOf(cloud, 'email')).length;
    for (const [index, header] of ['Auto-Submitted: auto-replied', 'Precedence: bulk', 'X-Autoreply: yes'].entries()) {
      const row = await arrives('away@customers.example', `f29-auto-${index}@x`, 'Automatic reply: x', [header]);
      assert.equal(emailOf(row).automatic, true);
    }
    const asked = await arrives('person@customers.example', 'f29-person@x', 'Hi', ['X-Auto-Response-Suppress: All']);
    assert.equal(emailOf(asked).automatic, false);
    await cloud.drain();
    assert.equal((await requestsOf(cloud, 'email')).length, before);
  });

  test('our own mail that comes back to us is not a message', async () => {
    const { mail } = await exchange('ines@customers.example', 'Order 6');
    const raw = plainMail({
      from: account.external_id,
      to: 'ines@customers.example',
      subject: 'Order 6',
      id: mail.id,
      text: 'Answer',
    });
    await mailIn(cloud, { envelope: { from: account.external_id, to: account.inbound_address }, raw });
    await cloud.drain();
    assert.equal((await messagesOf(cloud, nile, mail.id)).length, 1);
  });
});

/** The customer writes, the business answers: the answer as it is stored and as it arrived. */
async function exchange(address: string, subject: string) {
  const phone = await addPhone(cloud, 'email', address);
  await messageOf(cloud, nile, await writeMail(cloud, account, phone, { text: 'Question', subject }));
  const sent = await whenMessage(
    cloud,
    nile,
    await sendText(cloud, nile, { channel: 'email', to: address, message: 'Answer' }),
    'SENT',
  );
  const [, mail] = await mailbox(cloud, account, phone);
  assert.ok(mail);
  return { sent, mail };
}

function arrives(from: string, id: string, subject: string, headers: string[] = []): Promise<Row> {
  return mailFrom(cloud, nile, { from, id, subject, headers });
}
