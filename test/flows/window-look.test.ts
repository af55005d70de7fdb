import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { newChannelAccountId, newOrganizationId } from '@parley/core/domain/id.ts';
import { windowFor } from '@parley/core/flows/deliver/window.ts';
import { saveProjection } from '@parley/core/store/conversations.ts';
import type { ProjectedConversation } from '@parley/core/store/conversation-item.ts';
import { messageOf } from '../support/messages.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const channel = await loadChannel('whatsapp_cloud');
const account = { id: newChannelAccountId(), organizationId: newOrganizationId(), channel: 'whatsapp_cloud' } as const;
const message = messageOf(account, { kind: 'phone', value: '+201568000001' });
const now = Date.now();
const DAY = 24 * 3_600_000;

suite('a window that a look sees', () => {
  after(() => table.close());

  test('closed is looked at again, for the customer may have written a moment ago', async () => {
    await saveProjection(lastWrote(now - 1000), undefined);
    const open = { isOpen: true, lastInboundAt: now - 1000 };
    assert.deepEqual(await windowFor(channel, message, now, async () => lastWrote(now - 2 * DAY)), open);
  });

  test('open when its message was accepted is not looked at again, until by that it is closed', async () => {
    const seen = { isOpen: true, lastInboundAt: now - 3000 };
    assert.deepEqual(await windowFor(channel, knowing(now - 3000), now, noLook), seen);
    const looked = { isOpen: true, lastInboundAt: now - 1000 };
    assert.deepEqual(await windowFor(channel, knowing(now - DAY), now, async () => lastWrote(now - 1000)), looked);
  });

  test('open for a person alone, or for so many messages, is looked at all the same', async () => {
    const later = { ...knowing(now - 2 * DAY), byPerson: true } as const;
    const person = await windowFor(await loadChannel('messenger'), later, now, async () => lastWrote(now - 1000));
    assert.deepEqual(person, { isOpen: true, lastInboundAt: now - 1000 });
    await assert.rejects(windowFor(await loadChannel('tiktok'), knowing(now - 1000), now, noLook), /no look/);
  });

  test('open is open, whatever is in the table', async () => {
    const seen = { isOpen: true, lastInboundAt: now - 2000 };
    assert.deepEqual(await windowFor(channel, message, now, async () => lastWrote(now - 2000)), seen);
  });
});

/** The message, accepted when that (ms) was the customer's newest. */
function knowing(lastInboundAt: number) {
  return { ...message, lastInboundAt };
}

function noLook(): Promise<undefined> {
  return Promise.reject(new Error('no look is needed'));
}

/** The conversation with the customer, who wrote then (ms). */
function lastWrote(lastInboundAt: number): ProjectedConversation {
  const { organizationId, conversationId: id, contactId, channelAccountId, counterparty } = message;
  const who = { id, organizationId, contactId, channel: account.channel, channelAccountId, counterparty };
  const last = { lastMessageAt: lastInboundAt, lastMessagePreview: 'x', lastInboundAt };
  const rest = { status: 'OPEN', unreadCount: 1, readAt: 0, createdAt: 1, updatedAt: 1, applied: '1' } as const;
  return { ...who, ...last, ...rest };
}
