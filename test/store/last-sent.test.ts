import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { identityKey } from '@parley/core/domain/contact.ts';
import type { Identity } from '@parley/core/domain/contact.ts';
import { conversationIdOf, derivedMessageId, newChannelAccountId, newOrganizationId } from '@parley/core/domain/id.ts';
import type { MessageId } from '@parley/core/domain/id.ts';
import type { Message } from '@parley/core/domain/message.ts';
import { claimMessage } from '@parley/core/store/attempts.ts';
import { lastSentBefore } from '@parley/core/store/last-sent.ts';
import { recordAccepted, storeMessage } from '@parley/core/store/messages.ts';
import { messageOf } from '../support/messages.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const organizationId = newOrganizationId();
const account = { id: newChannelAccountId(), organizationId, channel: 'whatsapp_cloud' } as const;
const customer: Identity = { kind: 'phone', value: '+201565000001' };
const other: Identity = { kind: 'phone', value: '+201565000002' };
const at = Date.now();

suite('what a conversation says of a message whose turn it is', () => {
  after(() => table.close());

  test('of messages that were made in the same moment each is met as itself', async () => {
    const ids = ['a', 'b', 'c', 'd'].map((name) => idAt(at, name));
    for (const id of ids) await storeMessage(messageOf(account, customer, { id }));
    for (const id of ids) {
      const { message } = await lastSentBefore(organizationId, id);
      assert.ok(message === undefined || message.id === id, `${id} is met as ${message?.id}`);
    }
    const latest = ids.toSorted().at(-1) as MessageId;
    assert.equal((await lastSentBefore(organizationId, latest)).message?.id, latest);
  });

  test('one that is gone is not met, whatever lies before it', async () => {
    await storeMessage(messageOf(account, customer, { id: idAt(at - 1, 'e') }));
    assert.equal((await lastSentBefore(organizationId, idAt(at + 1, 'f'))).message, undefined);
  });

  test('a look that may be a moment old does, unless one of those before may have gone since, or it is not there itself', async () => {
    const before = messageOf(account, other, { id: idAt(at, 'g', other) });
    const own = messageOf(account, other, { id: idAt(at + 1, 'h', other) });
    assert.deepEqual(await unitsOf(own), [0.5, 1], 'nothing is there');
    await storeMessage(before);
    await storeMessage(own);
    assert.deepEqual(await unitsOf(own), [0.5, 1], 'it waits');
    const claimed = (await claimMessage(before, 'claimer', at)) as Message;
    assert.deepEqual(await unitsOf(own), [0.5, 1], 'its provider is asked');
    await recordAccepted(claimed, 'wamid.1', { at }, at + 6000);
    assert.deepEqual(await unitsOf(own), [0.5], 'it has gone');
    assert.equal((await lastSentBefore(organizationId, own.id)).used, at + 6000);
  });
});

/** Read units of each call. */
async function unitsOf({ id }: Message): Promise<number[]> {
  table.dynamoDb.capacity.reset();
  await lastSentBefore(organizationId, id);
  return table.dynamoDb.capacity.read().calls.map(({ readUnits }) => readUnits);
}

function idAt(time: number, name: string, who = customer): MessageId {
  return derivedMessageId(conversationIdOf(account.id, identityKey(who)), time, name);
}
