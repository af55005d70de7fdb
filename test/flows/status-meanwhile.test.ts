import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { ChannelAccount } from '@parley/core/domain/channel-account.ts';
import { newChannelAccountId, newOrganizationId } from '@parley/core/domain/id.ts';
import { settleAccepted } from '@parley/core/flows/deliver/settle.ts';
import { receiveStatus } from '@parley/core/flows/receive/status.ts';
import { findMessage, storeMessage } from '@parley/core/store/messages.ts';
import { messageOf } from '../support/messages.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const account = {
  id: newChannelAccountId(),
  organizationId: newOrganizationId(),
  channel: 'whatsapp_lite',
} as ChannelAccount;

suite('a status and the answer to its send', () => {
  after(() => table.close());

  test('at the same moment: the answer is written after the status has looked, and before it is kept', async () => {
    const message = messageOf(account, { kind: 'phone', value: '+201567000001' });
    await storeMessage(message);
    let isAnswered = false;
    table.dynamoDb.faults.add({
      operation: 'UpdateItem',
      match: (input) => JSON.stringify(input).includes('parked_delivered'),
      // the answer is there before; were it not, it would find what was kept
      first: async () => {
        await settleAccepted(message, 'wa-1', { at: 1 });
        isAnswered = true;
      },
    });
    await receiveStatus({ kind: 'status', providerMessageId: 'wa-1', status: 'DELIVERED' }, account);
    assert.ok(isAnswered);
    const { progress } = (await findMessage(account.organizationId, message.id)) ?? {};
    assert.deepEqual(Object.keys(progress ?? {}).toSorted(), ['delivered', 'sent']);
  });
});
