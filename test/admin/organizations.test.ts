import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { admin, administer, newOrganization } from '../support/admin.ts';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { addPhone, write } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { storedItems } from '../support/table.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];

interface Key {
  id: string;
  name: string;
  last_four: string;
  key?: string;
}

suite('organizations and their keys', () => {
  after(() => cloud.close());

  test('an organization that was made connects an account, receives and sends', async () => {
    const bot = accountOf(gulf, 'telegram');
    const gone = await ask(cloud, gulf, `/rest/v1/channel_accounts?id=eq.${bot.id}`, undefined, { method: 'DELETE' });
    assert.ok(gone.status < 300, JSON.stringify(gone.body));
    const delta = { ...gulf, ...(await newOrganization(cloud, 'مقهى الدلتا')) } as Organization;
    const credentials = { bot_token: bot.bot_token, secret_token: 'of-the-delta' };
    const made = await ask(cloud, delta, '/rest/v1/channel_accounts', { channel: 'telegram', credentials });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const phone = await addPhone(cloud, 'telegram', '613000001');
    await write(cloud, bot, phone, 'مرحبا');
    await eventually('the message', async () => (await rows(cloud, delta, 'messages')).length === 1);
    const sent = await sendText(cloud, delta, { channel: 'telegram', to: '613000001', message: 'أهلا' });
    await whenMessage(cloud, delta, sent, 'SENT');
    for (const other of [nile, gulf]) assert.deepEqual(await rows(cloud, other, 'messages'), []);
    assert.deepEqual(
      await rows(cloud, { ...delta, api_key: nile.api_key }, `messages?organization_id=eq.${delta.id}`),
      [],
    );
  });

  test('every organization is listed, the demo ones among them', async () => {
    const listed = await administer<Row[]>(cloud, 'organizations', 'list_organizations');
    const names = listed.map(({ id, name }) => [id, name]);
    for (const { id, name } of [nile, gulf])
      assert.ok(
        names.some((one) => one[0] === id && one[1] === name),
        name,
      );
  });

  test('a name is had once, however it is written, and is free again when its owner is renamed', async () => {
    const first = await newOrganization(cloud, 'Alexandria');
    const twice = await admin(cloud, 'create_organization', { name: '  ALEXANDRIA ' });
    assert.deepEqual([twice.ok, twice.code], [false, 'name_taken']);
    assert.match(String(twice.message), new RegExp(`'name'.*${first.id}`));
    const organization_id = first.id;
    await administer(cloud, 'organization', 'rename_organization', { organization_id, name: 'ALEXANDRIA' });
    const taken = await admin(cloud, 'rename_organization', { organization_id, name: nile.name.toLowerCase() });
    assert.deepEqual([taken.ok, taken.code], [false, 'name_taken']);
    const moved = await administer<Row>(cloud, 'organization', 'rename_organization', {
      organization_id,
      name: 'طنطا',
    });
    assert.deepEqual([moved.id, moved['name']], [first.id, 'طنطا']);
    const second = await newOrganization(cloud, 'Alexandria');
    assert.notEqual(second.id, first.id);
    const listed = await administer<Row[]>(cloud, 'organizations', 'list_organizations');
    const named = listed.filter(({ id }) => id === first.id || id === second.id);
    assert.deepEqual(new Set(named.map(({ name }) => name)), new Set(['Alexandria', 'طنطا']));
  });

  test('of two who take a name at once one has it', async () => {
    const both = await Promise.all([1, 2].map(() => admin(cloud, 'create_organization', { name: 'Aswan' })));
    assert.equal(both.filter(({ ok }) => ok).length, 1);
  });

  test('a key is told once, is kept as its hash, and opens its own organization only', async () => {
    const { id: organization_id } = await newOrganization(cloud, 'Luxor');
    const key = await administer<Key>(cloud, 'api_key', 'create_api_key', { organization_id, name: 'متجر' });
    assert.match(key.key ?? '', /^prl_[\w-]{32}$/);
    const listed = await administer<Key[]>(cloud, 'api_keys', 'list_api_keys', { organization_id });
    const own = listed.find(({ id }) => id === key.id);
    assert.deepEqual([own?.name, own?.last_four, own?.key], ['متجر', key.key?.slice(-4), undefined]);
    assert.equal(listed.length, 2);
    assert.ok(!JSON.stringify(await storedItems(cloud)).includes(key.key ?? ''), 'the key is stored');
    assert.ok(!cloud.logs.some((line) => line.includes(key.key ?? '')), 'the key is logged');
    const luxor = { ...nile, api_key: key.key ?? '' };
    assert.equal((await ask(cloud, luxor, '/rest/v1/messages')).status, 200);
    assert.deepEqual(await rows(cloud, luxor, 'channel_accounts'), []);
    const others = await administer<Key[]>(cloud, 'api_keys', 'list_api_keys', { organization_id: nile.id });
    assert.deepEqual(
      others.map(({ name }) => name),
      ['Demo'],
    );
  });

  test('a revoked key stops, and only by its own organization', async () => {
    const { id: organization_id } = await newOrganization(cloud, 'Siwa');
    const key = await administer<Key>(cloud, 'api_key', 'create_api_key', { organization_id, name: 'Lost' });
    const foreign = await admin(cloud, 'revoke_api_key', { organization_id: nile.id, api_key_id: key.id });
    assert.deepEqual([foreign.ok, foreign.code], [false, 'not_found']);
    const revoked = await admin(cloud, 'revoke_api_key', { organization_id, api_key_id: key.id });
    assert.deepEqual(revoked, { ok: true, revoked: key.id, honoured_for_s: 30 });
    assert.equal((await ask(cloud, { ...nile, api_key: key.key ?? '' }, '/rest/v1/messages')).status, 401);
    const again = await admin(cloud, 'revoke_api_key', { organization_id, api_key_id: key.id });
    assert.deepEqual([again.ok, again.code], [false, 'not_found']);
    const left = await administer<Key[]>(cloud, 'api_keys', 'list_api_keys', { organization_id });
    assert.deepEqual(
      left.map(({ name }) => name),
      ['Shop'],
    );
  });

  test('what is wrong is told, with its field', async () => {
    const wrong: [action: unknown, fields: object, code: string, words: RegExp][] = [
      [undefined, {}, 'unknown_action', /'action': must be one of create_organization, /],
      ['constructor', {}, 'unknown_action', /'action'/],
      [['create_organization'], {}, 'unknown_action', /'action'/],
      ['create_organization', {}, 'missing_field', /'name'.*required/],
      ['create_organization', { name: '   ' }, 'invalid_field', /'name'.*1 to 100 characters/],
      ['create_organization', { name: 'x'.repeat(101) }, 'invalid_field', /'name'.*1 to 100 characters/],
      ['create_organization', { name: 'one\ntwo' }, 'invalid_field', /'name'.*one line/],
      ['create_organization', { name: 7 }, 'invalid_field', /'name'.*string/],
      ['create_organization', { name: 'A', nmae: 'B' }, 'unknown_field', /'nmae'/],
      ['list_organizations', { all: true }, 'unknown_field', /'all'/],
      ['create_api_key', { organization_id: 'org_x', name: 'A' }, 'not_found', /'organization_id'.*'org_x'/],
      ['create_api_key', { organization_id: nile.id }, 'missing_field', /'name'/],
      ['rename_organization', { organization_id: 'org_x', name: 'A' }, 'not_found', /'organization_id'/],
      ['revoke_api_key', { organization_id: nile.id, api_key_id: 'key_x' }, 'not_found', /'api_key_id'/],
    ];
    for (const [action, fields, code, words] of wrong) {
      const answer = await admin(cloud, action, fields);
      assert.deepEqual([answer.ok, answer.code], [false, code], JSON.stringify(answer));
      assert.match(String(answer.message), words);
      assert.deepEqual(Object.keys(answer), ['ok', 'code', 'message']);
    }
  });
});
