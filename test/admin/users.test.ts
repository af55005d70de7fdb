import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { admin, administer, newOrganization, refuses, type Wrong } from '../support/admin.ts';
import { ask, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const own = 'Own-password-2026';

suite('users', () => {
  after(() => cloud.close());

  test('who is new chooses a password with the temporary one, and sees their organization', async () => {
    const { id: organization_id } = await newOrganization(cloud, 'Damietta');
    const email = 'Huda@Damietta.example';
    const made = await admin(cloud, 'create_user', { organization_id, email, name: 'هدى' });
    assert.equal(made.ok, true, JSON.stringify(made));
    const user = made['user'] as Row;
    assert.deepEqual(
      [user['email'], user['name'], user['organization_id'], user['status']],
      ['huda@damietta.example', 'هدى', organization_id, 'invited'],
    );
    const password = String(made['temporary_password']);
    const told = await signIn({ email, password });
    assert.deepEqual([told.status, told.body['code']], [400, 'new_password_required']);
    const weak = await signIn({ email, password, new_password: 'short' });
    assert.deepEqual([weak.status, weak.body['code']], [422, 'weak_password']);
    assert.match(String(weak.body['message']), /'new_password'.*long enough/);
    const wrong = await signIn({ email, password: 'Wrong-password-1', new_password: own });
    assert.deepEqual([wrong.status, wrong.body['code']], [400, 'invalid_credentials']);
    const session = await signIn({ email, password, new_password: own });
    assert.equal(session.status, 200, JSON.stringify(session.body));
    assert.deepEqual((session.body['user'] as Row)['app_metadata'], { organization_id });
    assert.equal((await signIn({ email, password, new_password: own })).status, 400);
    assert.equal((await signIn({ email, password: own })).status, 200);
    const token = { ...nile, api_key: String(session.body['access_token']) };
    assert.deepEqual(await rows(cloud, token, 'channel_accounts'), []);
    const [listed] = await administer<Row[]>(cloud, 'users', 'list_users', { organization_id });
    assert.equal(listed?.['status'], 'active');
    assert.ok(!cloud.logs.some((line) => /huda/i.test(line) || line.includes(password)));
  });

  test('an organization lists its own users, the demo ones too', async () => {
    for (const { id, agents } of [nile, gulf]) {
      const listed = await administer<Row[]>(cloud, 'users', 'list_users', { organization_id: id });
      assert.deepEqual(
        new Map(listed.map((user) => [user['email'], user['status']])),
        new Map(agents.map(({ email }) => [email, 'active'])),
      );
    }
  });

  test('who forgot a password gets another temporary one', async () => {
    const { id: organization_id } = await newOrganization(cloud, 'Edfu');
    const email = 'amr@edfu.example';
    const first = await administer<string>(cloud, 'temporary_password', 'create_user', { organization_id, email });
    assert.equal((await signIn({ email, password: first, new_password: own })).status, 200);
    const second = await administer<string>(cloud, 'temporary_password', 'reset_password', { organization_id, email });
    assert.equal((await signIn({ email, password: own })).status, 400);
    assert.equal((await signIn({ email, password: second, new_password: `${own}-2` })).status, 200);
  });

  test('who is removed can not sign in, and only their own organization removes them', async () => {
    const { id: organization_id } = await newOrganization(cloud, 'Esna');
    const email = 'ola@esna.example';
    const password = await administer<string>(cloud, 'temporary_password', 'create_user', { organization_id, email });
    for (const action of ['remove_user', 'reset_password']) {
      const foreign = await admin(cloud, action, { organization_id: nile.id, email });
      assert.deepEqual([foreign.ok, foreign.code], [false, 'not_found'], action);
    }
    const removed = await admin(cloud, 'remove_user', { organization_id, email: 'OLA@esna.example' });
    assert.deepEqual(removed, { ok: true, removed: email, honoured_for_s: 3600 });
    const refused = await signIn({ email, password, new_password: own });
    assert.deepEqual([refused.status, refused.body['code']], [400, 'invalid_credentials']);
    assert.equal((await admin(cloud, 'remove_user', { organization_id, email })).code, 'not_found');
    await administer(cloud, 'user', 'create_user', { organization_id: nile.id, email });
  });

  test('what is wrong is told, with its field', async () => {
    const [agent] = nile.agents;
    const wrong: Wrong[] = [
      [{ organization_id: gulf.id, email: agent?.email }, 'email_taken', /'email'.*another organization/],
      [{ organization_id: gulf.id, email: 'no address' }, 'invalid_field', /'email'.*email address/],
      [{ organization_id: gulf.id }, 'missing_field', /'email'/],
      [{ organization_id: 'org_x', email: 'a@b.example' }, 'not_found', /'organization_id'/],
      [{ organization_id: gulf.id, email: 'a@b.example', password: 'x' }, 'unknown_field', /'password'/],
    ];
    await refuses(cloud, 'create_user', wrong);
  });
});

function signIn(body: object): Promise<Answer> {
  return ask(cloud, undefined, '/auth/v1/token?grant_type=password', body);
}
