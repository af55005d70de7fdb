import assert from 'node:assert/strict';
import test, { after, mock } from 'node:test';
import { createApiKey, listApiKeys, revokeApiKey } from '@parley/core/flows/access/api-keys.ts';
import { authenticate } from '@parley/core/flows/access/authenticate.ts';
import { createOrganization } from '@parley/core/flows/access/organizations.ts';
import { createUser, listUsers, removeUser, resetPassword } from '@parley/core/flows/access/users.ts';
import { newOrganizationId } from '@parley/core/domain/id.ts';
import { apiKeyKey } from '@parley/core/store/keys/organization.ts';
import { changeSettings } from '@parley/core/store/organization-settings.ts';
import { findOrganizationNamed, replaceName } from '@parley/core/store/organizations.ts';
import { deleteItem, getItem, query } from '@parley/core/store/table.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
after(() => table.close());

test('a function that has seen a key takes it for 30 seconds after it was revoked elsewhere', async () => {
  mock.timers.enable({ apis: ['Date'], now: 1_760_000_000_000 });
  const { organizationId, key, hash } = await newKey('Nile');
  assert.deepEqual(await authenticate({ apiKey: key }), { ok: true, value: { organizationId } });
  await deleteItem(apiKeyKey(hash));
  mock.timers.tick(29_999);
  assert.equal((await authenticate({ apiKey: key })).ok, true);
  mock.timers.tick(1);
  assert.equal((await authenticate({ apiKey: key })).ok, false);
  mock.timers.reset();
});

test('a revoked key leaves nothing behind, and is forgotten at once where it was revoked', async () => {
  const { organizationId, key, keyId, hash } = await newKey('Gulf');
  assert.equal((await authenticate({ apiKey: key })).ok, true);
  const revoked = await revokeApiKey({ organization_id: organizationId, api_key_id: keyId });
  assert.deepEqual(revoked, { ok: true, value: { revoked: keyId, honoured_for_s: 30 } });
  assert.equal((await authenticate({ apiKey: key })).ok, false);
  assert.equal(await getItem(apiKeyKey(hash)), undefined);
  const listed = await listApiKeys({ organization_id: organizationId });
  assert.deepEqual(listed, { ok: true, value: { api_keys: [] } });
});

test('of two who spell a name otherwise at once the second is told', async () => {
  const made = await createOrganization({ name: 'Aswan' });
  assert.ok(made.ok);
  const before = await findOrganizationNamed('Aswan');
  assert.ok(before);
  assert.equal(await replaceName(before, 'ASWAN'), 'replaced');
  assert.equal(await replaceName(before, 'aswan'), 'changed');
  assert.equal((await findOrganizationNamed('Aswan'))?.name, 'ASWAN');
});

test('an organization that nobody made is none, though it may have settings', async () => {
  const organizationId = newOrganizationId();
  await changeSettings(organizationId, { quiet_hours: null });
  const answer = await createApiKey({ organization_id: organizationId, name: 'One' });
  assert.deepEqual([answer.ok, 'code' in answer && answer.code], [false, 'not_found']);
});

test('where people sign in elsewhere, users are made there', async () => {
  Object.assign(process.env, { ISSUER: 'https://id.example', ORGANIZATION_CLAIM: 'organization_id' });
  for (const ask of [createUser, listUsers, resetPassword, removeUser]) {
    const answer = await ask({ organization_id: 'org_1', email: 'a@b.example' });
    assert.ok(!answer.ok);
    assert.equal(answer.code, 'external_issuer');
    assert.match(answer.message, /https:\/\/id\.example.*'organization_id'/);
  }
});

async function newKey(name: string) {
  const made = await createOrganization({ name });
  assert.ok(made.ok);
  const organizationId = made.value.organization.id;
  const created = await createApiKey({ organization_id: organizationId, name: 'One' });
  assert.ok(created.ok);
  const { key, id: keyId } = created.value.api_key;
  const { items } = await query({ partition: `${organizationId}#apikeys` });
  return { organizationId, key, keyId, hash: String(items[0]?.['hash']) };
}
