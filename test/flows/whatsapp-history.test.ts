import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { admin } from '../support/admin.ts';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { conversationWith } from '../support/conversations.ts';
import { listen } from '../support/live.ts';
import { cloudEnvelope, cloudInbound, freshId, post, signCloud } from '../support/webhooks.ts';
import { requestsOf } from '../support/phones.ts';
import { healthOf } from '../support/health.ts';
import { quarantined } from '../support/table.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const own = account.display_phone_number.replaceAll(/\D/g, '');
const DAY = 86_400_000;
const began = Date.now();

/** A message of the past, as a chunk of the history has it. */
interface Told {
  from?: string;
  id?: string | undefined;
  at?: number;
  text?: string;
  type?: string;
  status?: string;
}

describe('the history of a phone that is connected as well', () => {
  after(() => cloud.close());

  test('messages have their own times, sides and statuses, and are news to nobody', async () => {
    const customer = '201572000001';
    const at = began - 90 * DAY;
    const told = await listen(cloud, { apikey: nile.api_key });
    await history(customer, [
      { text: 'Do you deliver?', at },
      { from: own, text: 'We do', at: at + 60_000, status: 'READ' },
      { from: own, text: 'To Giza too', at: at + 61_000, status: 'DELIVERED' },
      { from: own, text: 'Never left', at: at + 62_000, status: 'ERROR' },
      { text: 'Fine', at: at + 120_000, status: 'READ' },
    ]);
    const all = await whenThere(customer, 5);
    assert.deepEqual(
      all.map((row) => [row['message'], row['direction'], row['status'], Date.parse(String(row['created_at']))]),
      [
        ['Do you deliver?', 'INBOUND', 'DELIVERED', seconds(at)],
        ['We do', 'OUTBOUND', 'READ', seconds(at + 60_000)],
        ['To Giza too', 'OUTBOUND', 'DELIVERED', seconds(at + 61_000)],
        ['Never left', 'OUTBOUND', 'FAILED', seconds(at + 62_000)],
        ['Fine', 'INBOUND', 'DELIVERED', seconds(at + 120_000)],
      ],
    );
    await cloud.drain();
    const conversation = await conversationOf(customer);
    assert.deepEqual(
      [conversation['unread_count'], conversation['last_message_preview'], conversation['last_message_at']],
      [0, 'Fine', new Date(seconds(at + 120_000)).toISOString()],
    );
    assert.equal(conversation['last_inbound_at'], new Date(seconds(at + 120_000)).toISOString());
    await cloud.drain();
    await eventually('all of it is told', () => told.rows('message.updated', conversation.id).length >= 5);
    assert.equal(told.rows('message.created', conversation.id).length, 0);
    assert.equal((await healthOf(cloud, nile, account))['last_inbound_at'], null);
  });

  test('chunks come in any order, again, and beside what is new: each message is there once', async () => {
    const customer = '201572000002';
    const id = `wamid.${freshId()}`;
    const live = cloudInbound(account, customer, 'Are you open?', { id, at: began - 3000 });
    const recent: Told[] = [{ id, text: 'Are you open?', at: began - 5000 }];
    const older: Told[] = [{ id: `wamid.${freshId()}`, text: 'Last year', at: began - 170 * DAY }];
    await history(customer, older);
    assert.equal((await post(live)).status, 200);
    await whenThere(customer, 2);
    for (const chunk of [recent, older, [...recent, ...older], older]) await history(customer, chunk);
    await cloud.drain();
    const all = await whenThere(customer, 2);
    assert.deepEqual(
      all.map(({ message }) => message),
      ['Last year', 'Are you open?'],
    );
    assert.equal((await conversationOf(customer))['unread_count'], 1, 'the one that was new');
  });

  test('what is told before and after the history stands in one conversation, and STOP of last year stops nobody', async () => {
    const customer = '201572000003';
    await history(customer, [{ text: 'STOP', at: began - 100 * DAY }]);
    await whenThere(customer, 1);
    await cloud.drain();
    assert.equal((await post(cloudInbound(account, customer, 'Hello again'))).status, 200);
    const [, live] = await whenThere(customer, 2);
    assert.equal(live?.['message'], 'Hello again');
    await eventually('it is counted', async () => (await conversationOf(customer))['unread_count'] === 1);
    await cloud.drain();
    const gone = await rows(cloud, nile, 'opt_outs');
    assert.ok(!gone.some(({ contact_id }) => contact_id === live['contact_id']));
  });

  test('a file of which there was only a sign comes afterwards or before, and is fetched where it is still there', async () => {
    const customer = '201572000004';
    const [known, unknown, early] = ['a', 'b', 'c'].map((letter) => `wamid.${letter}${freshId()}`);
    const at = began - 5 * DAY;
    await media(customer, early, 'nowhere-3', at + 2000);
    await whenThere(customer, 1);
    await history(customer, [
      { id: known, type: 'media_placeholder', at, status: 'READ' },
      { id: unknown, type: 'media_placeholder', at: at + 1000 },
      { id: early, type: 'media_placeholder', at: at + 2000 },
    ]);
    const signs = await whenThere(customer, 3);
    assert.deepEqual(
      signs.map(({ type }) => type),
      ['unsupported', 'unsupported', 'image'],
    );
    await media(customer, known, 'nowhere-1', at + 7000);
    const [completed] = await eventually('the picture in place of its sign', async () => {
      const all = await whenThere(customer, 3);
      return all[0]?.['type'] === 'image' && all;
    });
    assert.equal(completed?.id, signs[0]?.id);
    assert.equal(Object(completed?.['media'])['status'], 'pending');
    const fetches = (await requestsOf(cloud, 'whatsapp_cloud')).filter(({ path }) => path.includes('nowhere'));
    assert.equal(fetches.length, 0, 'files of the past are not fetched all at once');
  });

  test('a thousand messages in one webhook are answered for at once, and all of them are stored', async () => {
    const threads = Array.from({ length: 10 }, (_, index) => `2015721000${index + 10}`);
    const words = 'ش'.repeat(60);
    let refused = 0;
    // none of them can be stored before the webhook is answered
    cloud.dynamoDb.faults.add({
      match: (input) => JSON.stringify(input).includes(words) && ++refused > 0,
      error: 'InternalServerError',
      times: 1_000_000,
    });
    await deliver(
      'history',
      chunk(
        threads.map((customer) => ({
          customer,
          messages: Array.from({ length: 100 }, (_, index) => ({
            text: `${index} ${words}`,
            at: began - 60 * DAY + index * 1000,
            ...(index % 2 ? { from: own, status: 'READ' } : {}),
          })),
        })),
      ),
    );
    await eventually('storing them is tried', () => refused > 0);
    cloud.dynamoDb.faults.clear();
    for (const customer of threads) await whenThere(customer, 100);
  });

  test('names of the address book are those of people without a name; who has one keeps it', async () => {
    const [before, later, first, second] = ['201572000005', '201572000006', '201572000007', '201572000008'];
    await people([[before, 'Hala of the bakery']]);
    await history(before, [{ text: 'Bread?', at: began - 30 * DAY }]);
    await history(later, [{ text: 'Milk?', at: began - 30 * DAY }]);
    await whenThere(later, 1);
    await says(second, 'As she says');
    await isCalled(second, 'As she says');
    await people([
      [later, 'Adel of the dairy'],
      [first, 'As the phone says'],
      [second, 'As the phone says too late'],
    ]);
    await isCalled(before, 'Hala of the bakery');
    await isCalled(later, 'Adel of the dairy');
    await isCalled(first, 'As the phone says');
    await says(first, 'As he says');
    await whenThere(first, 1);
    await whenThere(before, 1);
    await cloud.drain();
    await isCalled(first, 'As the phone says');
    await isCalled(second, 'As she says');
    await eventually(
      'one with a conversation',
      async () => (await conversationOf(before))['contact_id'] === (await contactOf(before))?.id,
    );
  });

  test('that the history is not shared is shown on the account, and a probe does not hide it', async () => {
    const error = {
      code: 2593109,
      title: 'History sync is turned off',
      error_data: { details: 'History sharing is turned off by the business' },
    };
    await deliver('history', { history: [{ errors: [error] }] });
    const fact = () =>
      eventually('the fact', async () => {
        const { facts } = await healthOf(cloud, nile, account);
        return Object(facts)['history'] === 'History sharing is turned off by the business';
      });
    await fact();
    const probed = await ask(cloud, nile, '/rest/v1/rpc/test_channel_account', { id: account.id });
    assert.equal(probed.body['ok'], true, JSON.stringify(probed.body));
    await fact();
  });

  test('what can not be read is set aside by itself', async () => {
    const customer = '201572000009';
    await history(customer, [
      { text: 'Good', at: began - DAY },
      { id: '', text: 'no id' },
      { type: 'text', at: began },
    ]);
    await whenThere(customer, 1);
    await eventually('both are set aside', async () => (await quarantined(cloud)).length === 2);
    const [{ pk, sk: first } = { pk: '', sk: '' }] = await quarantined(cloud);
    const again = { channel: 'whatsapp_cloud', day: pk.split('#')[2] };
    assert.equal((await admin(cloud, 'reprocess_quarantined', again))['queued'], 2);
    const anew = async () => (await quarantined(cloud)).filter(({ sk }) => !sk.startsWith(first.slice(0, 36)));
    await eventually('both are set aside anew', async () => (await anew()).length === 2);
  });
});

function seconds(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

function toMessage(
  customer: string,
  { from = customer, id = `wamid.${freshId()}`, at = began, text, type = 'text', status }: Told,
) {
  return {
    from,
    id,
    timestamp: String(Math.floor(at / 1000)),
    type,
    ...(text === undefined ? {} : { text: { body: text } }),
    history_context: { status: status ?? 'READ' },
  };
}

function chunk(threads: { customer: string; messages: Told[] }[]) {
  return {
    history: [
      {
        metadata: { phase: 1, chunk_order: 1, progress: 55 },
        threads: threads.map(({ customer, messages }) => ({
          id: customer,
          messages: messages.map((message) => toMessage(customer, message)),
        })),
      },
    ],
  };
}

const history = (customer: string, messages: Told[]) => deliver('history', chunk([{ customer, messages }]));

/** A file that follows the sign of it. */
async function media(customer: string, id: string | undefined, file: string, at: number): Promise<void> {
  const { history_context: _, ...message } = toMessage(customer, { ...(id && { id }), at, type: 'image' });
  await deliver('history', { messages: [{ ...message, image: { id: file, mime_type: 'image/jpeg' } }] });
}

async function people(all: [number: string, name: string][]): Promise<void> {
  const state_sync = all.map(([phone_number, full_name]) => ({
    type: 'contact',
    contact: { full_name, first_name: full_name.split(' ')[0], phone_number },
    action: 'add',
    metadata: { timestamp: String(Math.floor(began / 1000)) },
  }));
  await deliver('smb_app_state_sync', { state_sync });
}

/** A message of now, with the name that its sender gives. */
async function says(customer: string, name: string): Promise<void> {
  assert.equal((await post(cloudInbound(account, customer, 'Hi', { name }))).status, 200);
}

async function deliver(field: string, told: object): Promise<void> {
  const metadata = { display_phone_number: own, phone_number_id: account.external_id };
  const value = { messaging_product: 'whatsapp', metadata, ...told };
  assert.equal((await post(signCloud(account, cloudEnvelope(account, [{ field, value }])))).status, 200);
}

function isCalled(customer: string, name: string): Promise<true> {
  return eventually(name, async () => (await contactOf(customer))?.['name'] === name);
}

async function contactOf(customer: string): Promise<Row | undefined> {
  return (await rows(cloud, nile, `contacts?phone=eq.%2B${customer}`))[0];
}

const conversationOf = (customer: string) => conversationWith(cloud, nile, { address: `+${customer}` });

/** So many messages of a customer, oldest first. */
function whenThere(customer: string, count: number): Promise<Row[]> {
  return eventually(`${count} messages of ${customer}`, async () => {
    const contact = await contactOf(customer);
    if (!contact) return undefined;
    const all = await rows(cloud, nile, `messages?contact_id=eq.${contact.id}&order=created_at.asc&limit=200`);
    return all.length === count && all;
  });
}
