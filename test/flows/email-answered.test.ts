import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { ChannelAccount } from '@parley/core/domain/channel-account.ts';
import { identityKey } from '@parley/core/domain/contact.ts';
import type { Identity } from '@parley/core/domain/contact.ts';
import { conversationIdOf, derivedMessageId, newChannelAccountId, newOrganizationId } from '@parley/core/domain/id.ts';
import type { Message } from '@parley/core/domain/message.ts';
import { findAnswered, placeMail } from '@parley/core/flows/mail/thread.ts';
import { storeMessage } from '@parley/core/store/messages.ts';
import { messageOf } from '../support/messages.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const DAY = 24 * 3_600_000;
const mona: Identity = { kind: 'email', value: 'mona@customers.example' };
const organizationId = newOrganizationId();

suite('what a mail answers', () => {
  after(() => table.close());

  test('a message of another account is not answered, though it is of the same organization', async () => {
    const [mine, other] = [newAccount(), newAccount()];
    const message = await sent(mine, Date.now());
    const answers = [{ reference: `${message.id}.1` }];
    assert.equal((await findAnswered(mine, answers))?.message.id, message.id);
    assert.equal(await findAnswered(other, answers), undefined);
  });

  test('a subject alone says what is answered for two weeks', async () => {
    for (const [days, answered] of [
      [13.9, true],
      [14.1, false],
    ] as const) {
      const account = newAccount();
      const message = await sent(account, Date.now() - days * DAY);
      const placed = await placeMail(account, {
        kind: 'message',
        event: {
          kind: 'message',
          direction: 'INBOUND',
          providerMessageId: 'a@x',
          counterparty: { identities: [mona] },
          body: message.body,
        },
        direct: [],
        earlier: [],
        topic: 'order 42',
      });
      assert.equal(placed.replyTo, answered ? message.providerMessageId : undefined, `${days} days`);
    }
  });
});

function newAccount() {
  return { id: newChannelAccountId(), organizationId, channel: 'email' } as ChannelAccount;
}

/** A mail to her about order 42, sent then (ms). */
async function sent(account: ChannelAccount, at: number): Promise<Message> {
  const message = messageOf(account, mona, {
    id: derivedMessageId(conversationIdOf(account.id, identityKey(mona)), at, 'm'),
    body: { type: 'email', subject: 'Order 42', text: 'It is ready', attachments: [] },
    providerMessageId: `${account.id}@parley.example`,
  });
  await storeMessage(message);
  return message;
}
