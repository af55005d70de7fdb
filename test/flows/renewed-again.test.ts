import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { loadChannel } from '@parley/core/channels/registry.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { newChannelAccountId, newOrganizationId } from '@parley/core/domain/id.ts';
import { renewRefused } from '@parley/core/flows/accounts/renew.ts';
import { connectedAccount } from '@parley/core/store/channel-accounts.ts';
import { saveAccount } from '@parley/core/store/sealed-account.ts';
import { startKms } from '@parley/local/kms/server.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const folder = mkdtempSync(join(tmpdir(), 'renewed-again-'));
const key = 'key-1';
const kms = await startKms({ file: join(folder, 'kms.json'), keys: [{ id: key, aliases: [] }] });
Object.assign(process.env, { AWS_ENDPOINT_URL_KMS: kms.url, KEY_ID: key });

suite('credentials that are refused', () => {
  after(async () => {
    await Promise.all([table.close(), kms.close()]);
    rmSync(folder, { recursive: true });
  });

  test('are renewed, and those that came in their place and are refused too are not, unless it is for the first time', async () => {
    let renewals = 0;
    const channel = {
      ...(await loadChannel('tiktok')),
      refresh: async () => ({ credentials: { token: ++renewals }, expiresAt: Date.now() + 86_400_000 }),
    };
    const account = await newAccount();
    assert.equal(await renewRefused(channel, account, false), 'renewed');
    assert.equal(await renewRefused(channel, account, true), 'soon', 'there are others than were refused');
    const current = await connectedAccount(account.organizationId, account.id);
    assert.ok(current);
    assert.equal(await renewRefused(channel, current, true), 'none');
    assert.equal(renewals, 1);
    assert.equal(await renewRefused(channel, current, false), 'renewed');
  });
});

async function newAccount(): Promise<ConnectedAccount> {
  const { id, organizationId } = { id: newChannelAccountId(), organizationId: newOrganizationId() };
  const names = { channel: 'tiktok', name: 'Shop', externalId: 'shop', baseUrl: 'http://127.0.0.1' } as const;
  const times = { createdAt: 1, updatedAt: 1, expiresAt: Date.now() + 3_600_000 };
  await saveAccount({ id, organizationId, ...names, ...times, status: 'Active', credentials: { token: 0 } }, []);
  const account = await connectedAccount(organizationId, id);
  assert.ok(account);
  return account;
}
