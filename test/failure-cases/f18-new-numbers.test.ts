import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { cloudChange, cloudEnvelope, cloudText, freshId, post, signCloud } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const DAY = 86_400_000;
let counter = 0;

/** How WhatsApp tells of a new number: today, and as it did before. */
const notices: [what: string, system: (to: string) => object][] = [
  ['user_changed_number', (wa_id) => ({ body: 'User A changed', wa_id, type: 'user_changed_number' })],
  ['customer_changed_number', (new_wa_id) => ({ body: 'User A changed', new_wa_id, type: 'customer_changed_number' })],
  ['customer_identity_changed', (wa_id) => ({ body: 'User A changed', wa_id, type: 'customer_identity_changed' })],
];

suite('F18: a customer with a new number and no user id', () => {
  after(() => cloud.close());

  for (const [what, system] of notices) {
    test(`${what}: what they write from the new number after it is in their conversation`, async () => {
      const { old, fresh, first } = await customer();
      await changed(old, fresh, system);
      await cloud.drain();
      await says(fresh, 'From the new number');
      const second = await whenIn(first, 'From the new number');
      assert.equal(second['contact_id'], first['contact_id']);
      await onlyOne(fresh, first);
    });
  }

  test('what they wrote from it before we heard of it goes there too, and is counted once', async () => {
    const { old, fresh, first } = await customer();
    await says(fresh, 'Too early');
    await cloud.drain();
    const stray = (await conversationsOf(fresh))[0];
    assert.notEqual(stray?.id, first['conversation_id'], 'nobody can know yet');
    await changed(old, fresh, notices[0]?.[1]);
    const moved = await whenIn(first, 'Too early');
    await says(fresh, 'And later');
    await whenIn(first, 'And later');
    await cloud.drain();
    const [conversation] = await rows(cloud, nile, `conversations?id=eq.${String(first['conversation_id'])}`);
    assert.equal(conversation?.['unread_count'], 4, 'hello, the notice, and two from the new number');
    await onlyOne(fresh, first);
    assert.equal((await rows(cloud, nile, `messages?id=eq.${moved.id}`)).length, 1);
  });

  test('with the notice and the message at once, in either order, many times over', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, customer));
    await Promise.all(
      people.map(async ({ old, fresh }, index) => {
        const told = [() => changed(old, fresh, notices[0]?.[1]), () => says(fresh, `At once ${fresh}`)];
        await Promise.all((index % 2 ? told.toReversed() : told).map((tell) => tell()));
      }),
    );
    for (const { fresh, first } of people) {
      await whenIn(first, `At once ${fresh}`);
      await cloud.drain();
      await onlyOne(fresh, first);
    }
  });

  test('a webhook that comes again changes nothing', async () => {
    const { old, fresh, first } = await customer();
    await changed(old, fresh, notices[0]?.[1]);
    await cloud.drain();
    const same = { id: `wamid.${freshId()}`, at: Date.now() };
    for (let times = 0; times < 3; times += 1) {
      await says(fresh, 'Once', same);
      await cloud.drain();
    }
    const all = await rows(cloud, nile, `messages?conversation_id=eq.${String(first['conversation_id'])}`);
    assert.equal(all.filter(({ message }) => message === 'Once').length, 1);
    await onlyOne(fresh, first);
  });

  test('what somebody else wrote under the number in their time stays theirs', async () => {
    const { old, fresh, first } = await customer();
    await says(fresh, 'From its former owner', { at: Date.now() - 200 * DAY });
    await cloud.drain();
    const [former] = await conversationsOf(fresh);
    await changed(old, fresh, notices[0]?.[1]);
    await cloud.drain();
    await says(fresh, 'From its new owner');
    await whenIn(first, 'From its new owner');
    await cloud.drain();
    const left = await rows(cloud, nile, `messages?conversation_id=eq.${former?.id}`);
    assert.deepEqual(
      left.map(({ message }) => message),
      ['From its former owner'],
    );
    const [row] = await rows(cloud, nile, `conversations?id=eq.${former?.id}`);
    assert.deepEqual([row?.['last_message_preview'], row?.['unread_count']], ['From its former owner', 0]);
    assert.notEqual(row?.['contact_id'], first['contact_id']);
  });

  test('from the new number they answer, change and take back as before', async () => {
    const { old, fresh, first } = await customer();
    await changed(old, fresh, notices[0]?.[1]);
    await cloud.drain();
    const id = `wamid.${freshId()}`;
    await says(fresh, 'An answer', { id, context: { id: first['provider_message_id'] } });
    const answer = await whenIn(first, 'An answer');
    assert.equal(answer['reply_to_id'], first.id);
    await deliver([
      {
        ...base(fresh),
        type: 'edit',
        edit: { original_message_id: id, message: { type: 'text', text: { body: 'Better' } } },
      },
    ]);
    await whenIn(first, 'Better');
    await deliver([{ ...base(fresh), type: 'revoke', revoke: { original_message_id: id } }]);
    await eventually('it is taken back', async () => {
      const [row] = await rows(cloud, nile, `messages?id=eq.${answer.id}`);
      return row?.['deleted_at'] !== null;
    });
  });

  test('who goes back to the first number is written to there, and is still one', async () => {
    const { old, fresh, first } = await customer();
    await changed(old, fresh, notices[0]?.[1]);
    await cloud.drain();
    await changed(fresh, old, notices[0]?.[1]);
    await cloud.drain();
    await says(old, 'Back again');
    await whenIn(first, 'Back again');
    const sent = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', {
      conversation_id: first['conversation_id'],
      message: `Welcome back ${old}`,
    });
    assert.equal(sent.status, 200);
    const request = await eventually('the request', async () => {
      const response = await fetch(`${cloud.access.url}/providers/whatsapp_cloud/requests`);
      const all = (await response.json()) as { body: { to?: string; text?: { body: string } } }[];
      return all.find(({ body }) => body?.text?.body === `Welcome back ${old}`);
    });
    assert.equal(request.body.to, `+${old}`);
  });
});

/** Somebody who has written, with the number they have and the one they will take. */
async function customer(): Promise<{ old: string; fresh: string; first: Row }> {
  counter += 1;
  const [old, fresh] = [`2015518100${counter + 10}`, `2015518200${counter + 10}`];
  await says(old, `Hello from ${old}`);
  const first = await eventually('the first message', async () => (await messages(`Hello from ${old}`))[0]);
  await cloud.drain();
  return { old, fresh, first };
}

async function says(
  from: string,
  text: string,
  { context, ...options }: { id?: string; at?: number; context?: object } = {},
): Promise<void> {
  const { contact, message } = cloudText(from, text, options);
  await deliver([{ ...message, ...(context && { context }) }], [contact]);
}

async function changed(from: string, to: string, system?: (to: string) => object): Promise<void> {
  await deliver([{ ...base(from), type: 'system', system: system?.(to) }]);
}

function base(from: string) {
  return { from, id: `wamid.${freshId()}`, timestamp: String(Math.floor(Date.now() / 1000)) };
}

async function deliver(told: unknown[], contacts?: unknown[]): Promise<void> {
  const change = cloudChange(account, { messages: told, ...(contacts && { contacts }) });
  assert.equal((await post(signCloud(account, cloudEnvelope(account, [change])))).status, 200);
}

async function messages(words: string): Promise<Row[]> {
  const all = await rows(cloud, nile, 'messages?channel=eq.whatsapp_cloud&order=created_at.desc&limit=200');
  return all.filter(({ message }) => message === words);
}

/** The message with these words, once it is in the same conversation as another. */
function whenIn({ conversation_id }: Row, words: string): Promise<Row> {
  return eventually(`${words}, where it belongs`, async () =>
    (await rows(cloud, nile, `messages?conversation_id=eq.${String(conversation_id)}`)).find(
      ({ message }) => message === words,
    ),
  );
}

async function conversationsOf(number: string): Promise<Row[]> {
  const contacts = await rows(cloud, nile, 'contacts?limit=500');
  const own = contacts
    .filter(({ identities }) => JSON.stringify(identities).includes(`+${number}`))
    .map(({ id }) => id);
  const all = await rows(cloud, nile, `conversations?channel_account_id=eq.${account.id}&limit=500`);
  return all.filter(({ contact_id }) => own.includes(String(contact_id)));
}

/** Whoever has the number is one contact with one conversation: the one that this message is in. */
async function onlyOne(number: string, { contact_id, conversation_id }: Row): Promise<void> {
  const contacts = await rows(cloud, nile, 'contacts?limit=500');
  const own = contacts.filter(({ identities }) => JSON.stringify(identities).includes(`+${number}`));
  assert.deepEqual(
    own.map(({ id }) => id),
    [contact_id],
  );
  assert.deepEqual(
    (await conversationsOf(number)).map(({ id }) => id),
    [conversation_id],
  );
}
