import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { mailFrom } from '../support/mail.ts';
import { sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];

suite('what comes back', () => {
  after(() => cloud.close());

  test('that somebody is away is shown and asks for nobody; what a machine begins does', async () => {
    const sent = await send('away.1@customers.example', 'Your order is ready');
    const settled = await whenMessage(cloud, nile, sent, 'SENT');
    const away = await arrives('away.1@customers.example', 'away-1@x', [
      `In-Reply-To: <${String(settled['provider_message_id'])}>`,
      'Auto-Submitted: auto-replied',
    ]);
    assert.deepEqual([away['reply_to_id'], away['conversation_id']], [sent.id, sent['conversation_id']]);
    const shown = await conversationOf(away, (row) => row['last_message_preview'] === 'Words of away-1@x');
    assert.equal(shown['unread_count'], 0);
    const invoice = await arrives('invoices@supplier.example', 'invoice-1@x', ['Auto-Submitted: auto-generated']);
    await conversationOf(invoice, (row) => row['unread_count'] === 1);
    const person = await arrives('away.1@customers.example', 'away-2@x');
    await conversationOf(person, (row) => row['unread_count'] === 1);
  });

  test('who writes from an address of which a server said that nobody is there can be written to again', async () => {
    const address = 'nobody.back@elsewhere.example';
    await whenMessage(cloud, nile, await send(address, 'Hi'), 'FAILED');
    await cloud.drain();
    assert.equal(await statusOf(address), 422);
    await arrives(address, 'back-1@x', ['Auto-Submitted: auto-replied']);
    await cloud.drain();
    assert.equal(await statusOf(address), 422, 'a machine proves nothing');
    await arrives(address, 'back-3@x', ['X-Pretend-Dmarc: fail']);
    await cloud.drain();
    assert.equal(await statusOf(address), 422, 'who may be somebody else proves nothing');
    await arrives(address, 'back-2@x');
    await eventually('the address to be good', async () => (await statusOf(address)) === 200);
  });
});

function send(to: string, message: string): Promise<Row> {
  return sendText(cloud, nile, { channel: 'email', to, message });
}

async function statusOf(to: string): Promise<number> {
  return (await ask(cloud, nile, '/functions/v1/email-send', { to, message: 'x' })).status;
}

function arrives(from: string, id: string, headers: string[] = []): Promise<Row> {
  return mailFrom(cloud, nile, { from, id, headers });
}

function conversationOf(message: Row, isSo: (row: Row) => boolean): Promise<Row> {
  return eventually('the conversation', async () =>
    (await rows(cloud, nile, `conversations?id=eq.${String(message['conversation_id'])}`)).find(isSo),
  );
}
