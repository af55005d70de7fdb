import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, suite, test } from 'node:test';
import { eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { onGateway } from '../support/gateways.ts';
import { addPhone, requestsOf } from '../support/phones.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const { account, writes, received, sends, answer, shown } = onGateway(cloud, nile);

suite('F20: a privacy id and a number are one person', () => {
  after(() => cloud.close());

  test('whoever is known by a privacy id alone stays one contact when the number comes, and is answered', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000001');
    await writes(phone, { text: 'بدون رقم', as: 'lid' });
    const first = await received('بدون رقم');
    const early = await answer(first, 'من معي؟');
    assert.equal(early['status'], 'DELIVERED');
    assert.match(await askedToSend('من معي؟'), /^\d+@lid$/);
    await writes(phone, { text: 'مع رقمي', as: 'both' });
    const second = await received('مع رقمي');
    const contact = await numbered(first, '+201002000001');
    await writes(phone, { text: 'رقمي وحده' });
    const third = await received('رقمي وحده');
    for (const one of [second, third]) assertSame(one, first);
    assert.deepEqual((contact['identities'] as { kind: string }[]).map(({ kind }) => kind).toSorted(), [
      'lid',
      'phone',
    ]);
    await answer(third, 'أهلا بك');
    assert.equal((await shown(phone)).at(-1)?.text, 'أهلا بك');
    const dialled = await sends('+20 100 200 0001', 'اتصلنا بك');
    assert.equal(dialled['conversation_id'], first['conversation_id']);
  });

  test('the gateway tells the number by itself: the answer goes to the number, in the same conversation', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000002');
    await writes(phone, { text: 'أنا مجهول', as: 'lid' });
    const first = await received('أنا مجهول');
    const known = (await rows(cloud, nile, `contacts?id=eq.${String(first['contact_id'])}`))[0]?.['identities'];
    const [{ value: lid } = { value: '' }] = known as { value: string }[];
    const told = { event: 'contacts.update', data: [{ id: lid, phoneNumber: '201002000002@s.whatsapp.net' }] };
    assert.equal(await webhook(told), 200);
    await numbered(first, '+201002000002');
    await answer(first, 'عرفناك');
    assert.equal(await askedToSend('عرفناك'), '201002000002@c.us');
    assert.equal((await shown(phone)).at(-1)?.text, 'عرفناك');
    await writes(phone, { text: 'شكرا' });
    assertSame(await received('شكرا'), first);
  });

  test('whoever was known by the number goes on under it when WhatsApp hides it', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000003');
    await writes(phone, { text: 'برقمي' });
    const first = await received('برقمي');
    await writes(phone, { text: 'بالاثنين', as: 'both' });
    assertSame(await received('بالاثنين'), first);
    await cloud.drain();
    await writes(phone, { text: 'مخفي الآن', as: 'lid' });
    assertSame(await received('مخفي الآن'), first);
    await answer(first, 'ما زلنا معك');
    assert.equal(await askedToSend('ما زلنا معك'), '201002000003@c.us');
    assert.equal((await shown(phone)).at(-1)?.text, 'ما زلنا معك');
  });
});

function assertSame(one: Row, other: Row): void {
  assert.deepEqual([one['conversation_id'], one['contact_id']], [other['conversation_id'], other['contact_id']]);
}

/** The contact of a message, once its number is known. */
function numbered({ contact_id }: Row, number: string): Promise<Row> {
  return eventually(`${number} is known`, async () => {
    const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(contact_id)}`);
    return contact?.['phone'] === number && contact;
  });
}

/** The chat into which the gateway was asked to write this. */
async function askedToSend(text: string): Promise<string> {
  const asked = (await requestsOf(cloud, 'whatsapp_lite')).filter(({ body }) => body['text'] === text);
  assert.equal(asked.length, 1);
  return String(asked[0]?.body['chatId']);
}

/** What a gateway tells of its own accord. */
async function webhook(event: object): Promise<number> {
  const { url } = cloud.access;
  const answered = await fetch(`${url}/functions/v1/whatsapp-lite-webhook/${account.id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': secretOf() },
    body: JSON.stringify({ instance: randomUUID(), ...event }),
  });
  return answered.status;
}

function secretOf(): string {
  const { webhook_secret: secret } = account as { webhook_secret?: string };
  assert.ok(secret);
  return secret;
}
