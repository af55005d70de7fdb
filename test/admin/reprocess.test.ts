import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { admin } from '../support/admin.ts';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { mailIn, plainMail } from '../support/mail.ts';
import { quarantined } from '../support/table.ts';
import { cloudChange, cloudText, freshId, post, signCloud } from '../support/webhooks.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const [mine, theirs] = [accountOf(nile, 'whatsapp_cloud'), accountOf(gulf, 'whatsapp_cloud')];
const from = '201577000001';

suite('what was set aside is tried again', () => {
  after(() => cloud.close());

  test('a message that came before its account was connected is there once it is', async () => {
    await disconnect(mine.id);
    const [text, other] = [cloudText(from, 'Before you were here'), cloudText(from, 'To the other one')];
    const webhook = signCloud(mine, {
      object: 'whatsapp_business_account',
      entry: [
        { id: theirs.waba_id, changes: [change(theirs, other)] },
        { id: mine.waba_id, changes: [change(mine, text)] },
      ],
    });
    assert.deepEqual(await (await post(webhook)).json(), { success: true, applied: 1, quarantined: 1 });
    const reason = 'no account of the signer has this id';
    assert.deepEqual(await reprocess('whatsapp_cloud'), still({ [reason]: 1 }));

    const { app_id, waba_id, access_token, external_id } = mine;
    const credentials = { access_token, waba_id };
    const body = { channel: 'whatsapp_cloud', app_id, external_id, credentials };
    const made = await ask(cloud, nile, '/rest/v1/channel_accounts', body);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    // the account was asked for a moment ago, and that it is missing is remembered for a second
    const tried = await eventually('it is applied', async () => {
      const answer = await reprocess('whatsapp-cloud');
      return answer['applied'] !== 0 && answer;
    });
    assert.deepEqual(tried, { ok: true, applied: 1, queued: 0, remaining: {}, more: false, failed: {} });
    assert.deepEqual(await reprocess('whatsapp_cloud'), still({}));
    assert.deepEqual(await quarantined(cloud), []);
    assert.equal((await post(webhook)).status, 200);
    await cloud.drain();
    const own = await rows(cloud, nile, `messages?channel=eq.whatsapp_cloud`);
    assert.deepEqual(
      own.map((row) => row['message']),
      ['Before you were here'],
    );
    const others = await rows(cloud, gulf, `messages?channel=eq.whatsapp_cloud`);
    assert.deepEqual(
      others.map((row) => row['message']),
      ['To the other one'],
    );
    assert.deepEqual(await quarantined(cloud), []);
  });

  test('what can still not be read stays, with its reason, and nothing is set aside twice', async () => {
    const broken = { from, timestamp: '1760000000', type: 'text', text: { body: 'no id' } };
    const value = { messages: [broken, cloudText(from, 'Good').message, { ...broken, id: '' }] };
    const payload = {
      object: 'whatsapp_business_account',
      entry: [{ id: theirs.waba_id, changes: [cloudChange(theirs, value)] }],
    };
    assert.deepEqual(await (await post(signCloud(theirs, payload))).json(), {
      success: true,
      applied: 1,
      quarantined: 2,
    });
    const before = await quarantined(cloud);
    assert.equal(before.length, 2);
    const { remaining, ...counts } = await reprocess('whatsapp_cloud');
    assert.deepEqual(counts, { ok: true, applied: 0, queued: 0, more: false, failed: {} });
    assert.equal(
      Object.values(remaining as object).reduce((sum: number, each: number) => sum + each, 0),
      2,
    );
    assert.deepEqual(await quarantined(cloud), before);
    assert.ok(!JSON.stringify(before).includes(theirs.app_secret), 'a secret is kept');
    assert.ok(!JSON.stringify(before).includes('sha256='), 'a signature is kept');
  });

  test('of what a webhook told beside it nothing is told again: it may be out of date by now', async () => {
    const template = { message_template_name: 'told_once', message_template_language: 'en' };
    const news = (event: string) => ({
      field: 'message_template_status_update',
      value: { ...template, event, reason: 'NONE' },
    });
    const broken = cloudChange(theirs, { messages: [{ from, timestamp: '1760000000', type: 'text' }] });
    for (const changes of [[broken, news('PAUSED')], [news('APPROVED')]]) {
      const payload = { object: 'whatsapp_business_account', entry: [{ id: theirs.waba_id, changes }] };
      assert.equal((await post(signCloud(theirs, payload))).status, 200);
    }
    await reprocess('whatsapp_cloud');
    const [row] = await rows(cloud, gulf, 'templates?name=eq.told_once');
    assert.equal(row?.['status'], 'APPROVED');
  });

  test('mail goes through its queue once more, also beside one that fails, which is told by its id and its code', async () => {
    await mailToNobody();
    await mailToNobody();
    const [bad, good] = await eventually('both are set aside', () => asideOfMail(2));
    const error = 'ProvisionedThroughputExceededException';
    const match = (input: unknown) => JSON.stringify(input).includes(String(bad?.sk));
    cloud.dynamoDb.faults.add({ operation: 'DeleteItem', match, error, times: 3 });
    const counts = { ok: true, applied: 0, remaining: {}, more: false };
    assert.deepEqual(await reprocess('email'), { ...counts, queued: 1, failed: { [String(bad?.sk)]: error } });
    const again = await eventually('they are set aside again', () => asideOfMail(3));
    assert.ok(again.every(({ sk }) => sk !== good?.sk));
    assert.ok(again.every((item) => item['reason'] === bad?.['reason']));
    assert.deepEqual(await reprocess('email'), { ...counts, queued: 3, failed: {} });
  });

  test('what is wrong is told, with its field', async () => {
    const wrong: [fields: object, words: RegExp][] = [
      [{ channel: 'pigeon', day: today() }, /'channel'.*must be one of .*whatsapp_lite/],
      [{ channel: 'email', day: 'today' }, /'day'.*2026-01-31/],
      [{ channel: 'email' }, /'day'.*required/],
    ];
    for (const [fields, words] of wrong) {
      const answer = await admin(cloud, 'reprocess_quarantined', fields);
      assert.equal(answer.ok, false);
      assert.match(String(answer.message), words);
    }
  });
});

function change(account: typeof mine, { contact, message }: ReturnType<typeof cloudText>): unknown {
  return cloudChange(account, { contacts: [contact], messages: [message] });
}

async function disconnect(id: string): Promise<void> {
  const answer = await ask(cloud, nile, `/rest/v1/channel_accounts?id=eq.${id}`, undefined, { method: 'DELETE' });
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
}

async function reprocess(channel: string): Promise<Record<string, unknown>> {
  // the day is that of what is set aside: another may have begun since
  const aside = (await quarantined(cloud)).find(({ pk }) => pk.startsWith(`quarantine#${channel.replace('-', '_')}#`));
  const day = aside?.pk.split('#')[2] ?? today();
  const answer = await admin(cloud, 'reprocess_quarantined', { channel, day });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer;
}

function still(remaining: Record<string, number>): Record<string, unknown> {
  return { ok: true, applied: 0, queued: 0, remaining, more: false, failed: {} };
}

async function mailToNobody(): Promise<void> {
  const [from, to] = ['a@customers.example', 'nobody@nowhere.example'];
  const raw = plainMail({ from, to, subject: 's', id: `${freshId()}@x`, text: 'Hi' });
  await mailIn(cloud, { envelope: { from, to }, raw });
}

async function asideOfMail(count: number) {
  const found = (await quarantined(cloud)).filter(({ pk }) => pk.startsWith('quarantine#email#'));
  return found.length === count && found;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
