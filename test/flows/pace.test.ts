import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { ask, eventually, rows, testCloud, patch } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { addPhone, requestsOf, thread } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';
import { takenUntil } from '../support/paces.ts';
import { storedItems } from '../support/table.ts';
import type { Item } from '../support/table.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const [notify, gateway] = ['notify', 'gateway'].map((kind) =>
  nile.channel_accounts.find((one) => one.channel === 'whatsapp_lite' && one.kind === kind),
) as [Account, Account];

suite('how fast an account sends', () => {
  after(() => cloud.close());

  test('an account keeps its pace: nothing leaves before its moment, a conversation keeps its order, no attempt is used up', async () => {
    await settings({ min_delay_ms: 300, max_delay_ms: 500, timezone: zoneInMidDay() }, gateway);
    const phones: Phone[] = [];
    for (let index = 0; index < 4; index += 1)
      phones.push(await addPhone(cloud, 'whatsapp_lite', `+20100200006${index}`));
    const began = Date.now();
    const sent = await Promise.all(phones.map((phone) => sends(phone.address, 'واحد', gateway)));
    for (const phone of phones.slice(0, 2)) sent.push(await sends(phone.address, 'اثنان', gateway));
    for (const message of sent) {
      const row = await whenMessage(cloud, nile, message, 'DELIVERED');
      assert.deepEqual([row['attempt'], historyOf(row)], [1, ['PENDING', 'SENT', 'DELIVERED']]);
    }
    const times = (await requests())
      .filter(({ body }) => /واحد|اثنان/.test(JSON.stringify(body)))
      .map(({ at }) => Date.parse(at))
      .toSorted((one, other) => one - other);
    assert.equal(times.length, 6);
    // a call may take its time on the way, and never leaves before its moment; how far apart the moments are test/store/pace shows
    for (const [index, time] of times.entries())
      assert.ok(time - began >= index * 300, times.map((each) => each - began).join());
    assert.equal((await paceOf(gateway))?.['count'], 6, 'a moment for each message, and none besides');
    for (const phone of phones.slice(0, 2))
      assert.deepEqual(
        (await thread(cloud, gateway, phone)).map(({ text }) => text),
        ['واحد', 'اثنان'],
      );
  });

  test('a used-up day holds what is too much back, as it was written', async () => {
    await settings({ daily_limit: 2, min_delay_ms: 0, timezone: zoneInMidDay() }, notify);
    const phones = await Promise.all(
      [1, 2, 3].map((index) => addPhone(cloud, 'whatsapp_lite', `+20100200007${index}`)),
    );
    const sent: Row[] = [];
    for (const phone of phones) sent.push(await sends(phone.address, 'حصة', notify));
    await eventually(
      'two have gone',
      async () => (await statuses(sent)).filter((status) => status === 'DELIVERED').length === 2,
    );
    await cloud.drain();
    assert.deepEqual(await statuses(sent), ['DELIVERED', 'DELIVERED', 'PENDING']);
    assert.equal((await requests()).filter(({ body }) => JSON.stringify(body).includes('حصة')).length, 2);
    const wrong = await ask(
      cloud,
      nile,
      `/rest/v1/channel_accounts?id=eq.${notify.id}`,
      { settings: { daily_limit: 0 } },
      { method: 'PATCH' },
    );
    assert.equal(wrong.status, 400);
  });

  test('what would wait for longer than its queue keeps it fails, and says why', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000081');
    await takenUntil(cloud, gateway, Date.now() + 13 * 24 * 3_600_000);
    const row = await whenMessage(cloud, nile, await sends(phone.address, 'متى؟', gateway), 'FAILED');
    const error = row['error'] as Row;
    assert.deepEqual([error['code'], error['class'], row['attempt']], ['backlog', 'rate_limited', 1]);
    assert.equal((await thread(cloud, gateway, phone)).length, 0);
  });
});

/** A zone in which no day ends while this runs. */
function zoneInMidDay(): string {
  const ahead = 12 - new Date().getUTCHours();
  // the sign is that of POSIX: Etc/GMT-3 is three hours ahead
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** What the senders have taken of an account's moments. */
async function paceOf(account: Account): Promise<Item | undefined> {
  return (await storedItems(cloud)).find(({ pk, sk }) => pk === `pace#${account.id}` && sk === 'pace');
}

async function statuses(sent: Row[]): Promise<string[]> {
  const found = await rows(cloud, nile, `messages?id=in.(${sent.map(({ id }) => id).join(',')})`);
  return found.map((row) => String(row['status'])).toSorted((one, other) => one.localeCompare(other));
}

async function settings(values: object, account: Account): Promise<void> {
  await patch(cloud, nile, `channel_accounts?id=eq.${account.id}`, { settings: values });
}

function sends(to: string, message: string, account: Account): Promise<Row> {
  return sendText(cloud, nile, { channel: 'whatsapp_lite', to, message, channel_account_id: account.id });
}

function requests() {
  return requestsOf(cloud, 'whatsapp_lite');
}
