import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { loadChannel } from '@parley/core/channels/registry.ts';
import type { ChannelAccount } from '@parley/core/domain/channel-account.ts';
import type { Identity } from '@parley/core/domain/contact.ts';
import { contactIdOf, newChannelAccountId, newOrganizationId } from '@parley/core/domain/id.ts';
import { findTarget } from '@parley/core/flows/send/find-willing.ts';
import { lookingOnce } from '@parley/core/flows/send/look.ts';
import { saveAlias } from '@parley/core/store/aliases.ts';
import { saveOptOut } from '@parley/core/store/opt-outs.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const channel = await loadChannel('whatsapp_cloud');
const first: Identity = { kind: 'phone', value: '+201564000001' };
const now: Identity = { kind: 'phone', value: '+201564000002' };

suite('whether a person may be written to', () => {
  after(() => table.close());

  test('who opted out under their first number is not written to at the one they took since', async () => {
    const account = newAccount();
    const { organizationId } = account;
    const contactId = contactIdOf(organizationId, `phone:${first.value}`);
    await saveAlias(organizationId, now, first, 1);
    await saveOptOut({ organizationId, contactId, channel: 'whatsapp_cloud', source: 'agent', at: 1 });
    for (const { value } of [first, now]) assert.equal(await refusalAt(account, value), 'opted_out', value);
  });

  test('what somebody else asked for who has the same number elsewhere does not count', async () => {
    const [mine, theirs] = [newAccount(), newAccount()];
    const contactId = contactIdOf(theirs.organizationId, `phone:${first.value}`);
    const { organizationId } = theirs;
    await saveOptOut({ organizationId, contactId, channel: 'whatsapp_cloud', source: 'agent', at: 1 });
    assert.equal(await refusalAt(mine, first.value), undefined);
  });
});

async function refusalAt(account: ChannelAccount, to: string): Promise<string | undefined> {
  const look = lookingOnce(account.organizationId);
  const target = await findTarget(channel, account, { to }, { look });
  return target.ok ? undefined : target.problem.code;
}

function newAccount(): ChannelAccount {
  return {
    id: newChannelAccountId(),
    organizationId: newOrganizationId(),
    channel: 'whatsapp_cloud',
    name: 'Nile',
    externalId: '1',
    status: 'Active',
    baseUrl: 'http://127.0.0.1',
    createdAt: 1,
    updatedAt: 1,
  };
}
