import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  contactIdOf,
  conversationIdOf,
  newChannelAccountId,
  newOrganizationId,
  receivedMessageId,
} from '@parley/core/domain/id.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { Message } from '@parley/core/domain/message.ts';
import { heedWishes } from '@parley/core/flows/receive/heed-wishes.ts';
import { listMessages, storeMessage } from '@parley/core/store/messages.ts';
import { findOptOut, liftOptOut } from '@parley/core/store/opt-outs.ts';
import { changeSettings } from '@parley/core/store/organization-settings.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const start = Date.now();

/** What one customer of one organization writes. */
function customer() {
  const organizationId = newOrganizationId();
  const channelAccountId = newChannelAccountId();
  const identity = 'phone:+201562000001';
  const conversationId = conversationIdOf(channelAccountId, identity);
  const contactId = contactIdOf(organizationId, identity);
  let count = 0;
  const said = (body: Body | string, more: Partial<Message> = {}): Message => {
    const at = start + ++count * 1000;
    return {
      id: receivedMessageId(conversationId, at, `m${count}`),
      organizationId,
      conversationId,
      contactId,
      channel: 'whatsapp_lite',
      channelAccountId,
      direction: 'INBOUND',
      counterparty: { identities: [{ kind: 'phone', value: '+201562000001' }] },
      body: typeof body === 'string' ? { type: 'text', text: body } : body,
      attempt: 1,
      progress: { delivered: { at } },
      storedAt: at,
      updatedAt: at,
      ...more,
    };
  };
  const optOut = (channel = 'whatsapp_lite') => findOptOut(organizationId, contactId, channel);
  const notes = async () =>
    (await listMessages(organizationId, conversationId, { newestFirst: false, limit: 50 })).messages.map(
      ({ body }) => body.type === 'system' && body.event,
    );
  return { organizationId, contactId, said, optOut, notes };
}

suite('the words that the projection heeds', () => {
  after(() => table.close());

  test('an organization that turned them off is not heeded for', async () => {
    const { organizationId, said, optOut, notes } = customer();
    await changeSettings(organizationId, { opt_out: { enabled: false } });
    await heedWishes([said('STOP')]);
    assert.equal(await optOut(), undefined);
    await changeSettings(organizationId, { opt_out: null });
    await heedWishes([said('STOP')]);
    assert.equal((await optOut())?.source, 'message');
    assert.deepEqual(await notes(), ['opted_out']);
  });

  test('broken off between the opt-out and its note, the next time brings the note; after that nothing', async () => {
    const { said, optOut, notes } = customer();
    const stop = said('STOP');
    table.dynamoDb.faults.add({
      operation: 'PutItem',
      match: (input) => JSON.stringify(input).includes('"system"'),
      error: 'InternalServerError',
      times: 20,
    });
    await assert.rejects(heedWishes([stop]));
    table.dynamoDb.faults.clear();
    assert.deepEqual([(await optOut())?.messageId, await notes()], [stop.id, []]);
    await heedWishes([stop]);
    await heedWishes([stop]);
    assert.deepEqual(await notes(), ['opted_out']);
  });

  test('the same messages again, in whatever batches, end the same', async () => {
    const { said, optOut, notes } = customer();
    const all = [said('STOP'), said('Hello?'), said('START'), said('stop'), said('Start')];
    for (const batch of [all, all.slice(0, 1), all.slice(1), all.slice(0, 4), all]) await heedWishes(batch);
    assert.equal((await optOut())?.lifted?.messageId, all[4]?.id);
    assert.deepEqual(await notes(), ['opted_out', 'opted_in', 'opted_out', 'opted_in']);
  });

  test('a note stands behind what it is about, though both are of one millisecond', async () => {
    for (let count = 0; count < 20; count += 1) {
      const { said, notes } = customer();
      const stop = said('STOP');
      await storeMessage(stop);
      await heedWishes([stop]);
      assert.deepEqual(await notes(), [false, 'opted_out']);
    }
  });

  test('what an agent lifted after a message stays lifted, and what was asked for after that counts', async () => {
    const { organizationId, contactId, said, optOut } = customer();
    const [first, second] = [said('STOP'), said('STOP')];
    await heedWishes([first]);
    const lifted = { at: first.storedAt + 1, source: 'agent', reason: 'Asked to' } as const;
    await liftOptOut({ organizationId, contactId, channel: 'whatsapp_lite' }, lifted);
    await heedWishes([first]);
    assert.equal((await optOut())?.lifted?.reason, 'Asked to');
    await heedWishes([second]);
    assert.equal((await optOut())?.lifted, undefined);
  });

  test('buttons and mail count; groups, machines, and what we wrote do not', async () => {
    const tapped: Body = { type: 'interactive', interactive: { kind: 'reply', id: '1', title: 'Stop promotions' } };
    const mail: Body = { type: 'email', subject: 'Unsubscribe', text: '', attachments: [] };
    for (const [body, more] of [
      ['STOP', { author: 'Omar' }],
      ['STOP', { direction: 'OUTBOUND' }],
      [{ ...mail, automatic: true }, {}],
      [{ ...mail, suspect: 'forged' }, {}],
      [{ ...mail, text: 'Please send the invoice' }, {}],
      [{ type: 'interactive', interactive: { kind: 'reply', id: '1', title: 'إلغاء' } }, {}],
      [{ type: 'image', media: { status: 'pending' }, text: 'STOP' }, {}],
    ] as [Body | string, Partial<Message>][]) {
      const { said, optOut } = customer();
      await heedWishes([said(body, more)]);
      assert.equal(await optOut(), undefined, JSON.stringify(body));
    }
    const { said, optOut } = customer();
    await heedWishes([said(tapped), said(mail, { channel: 'email' })]);
    assert.ok((await optOut()) && (await optOut('email')));
  });

  test('of other messages nothing is written', async () => {
    const { said } = customer();
    table.dynamoDb.capacity.reset();
    const words = ['Hello', 'start', 'How much is a kilo of coffee, and when do you open tomorrow?', 'x'.repeat(5000)];
    await heedWishes(words.map((text) => said(text)));
    const { calls } = table.dynamoDb.capacity.read();
    assert.equal(
      calls.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
      0,
    );
  });
});
