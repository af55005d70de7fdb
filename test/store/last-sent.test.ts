import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { identityKey } from '@parley/core/domain/contact.ts';
import type { Identity } from '@parley/core/domain/contact.ts';
import { conversationIdOf, derivedMessageId, newChannelAccountId, newOrganizationId } from '@parley/core/domain/id.ts';
import type { MessageId } from '@parley/core/domain/id.ts';
import { lastSentBefore } from '@parley/core/store/last-sent.ts';
import { storeMessage } from '@parley/core/store/messages.ts';
import { messageOf } from '../support/messages.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const organizationId = newOrganizationId();
const account = { id: newChannelAccountId(), organizationId, channel: 'whatsapp_cloud' } as const;
const customer: Identity = { kind: 'phone', value: '+201565000001' };
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
});

function idAt(time: number, name: string): MessageId {
  return derivedMessageId(conversationIdOf(account.id, identityKey(customer)), time, name);
}
