import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { ask, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const table = '/rest/v1/quick_replies';

suite('quick replies', () => {
  after(() => cloud.close());

  test('one is added, read, changed and deleted', async () => {
    const added = await add({
      shortcut: 'مواعيد',
      title: 'Hours',
      message: 'أهلا {{first_name|بك}}',
      channels: ['sms'],
    });
    assert.equal(added.status, 201, JSON.stringify(added.body));
    assert.deepEqual([added.body['channels'], added.body['variables']], [['sms'], ['first_name']]);
    assert.deepEqual(await rows(cloud, nile, 'quick_replies'), [added.body]);
    const path = `${table}?shortcut=eq.${encodeURIComponent('مواعيد')}`;
    const changed = await ask(
      cloud,
      nile,
      path,
      { title: null, shortcut: 'hours', channels: null },
      { method: 'PATCH', headers: { Prefer: 'return=representation' } },
    );
    const [row] = changed.body as unknown as Row[];
    assert.deepEqual([row?.['shortcut'], row?.['title'], row?.['channels']], ['hours', null, null]);
    assert.equal((await ask(cloud, nile, `${table}?id=eq.${row?.id}`, undefined, { method: 'DELETE' })).status, 204);
    assert.deepEqual(await rows(cloud, nile, 'quick_replies'), []);
  });

  test('a shortcut is had once, and is one word', async () => {
    assert.equal((await add({ shortcut: 'hi', message: 'a' })).status, 201);
    assert.equal((await add({ shortcut: 'HI', message: 'b' })).body['code'], '23505');
    for (const shortcut of ['', '/hi', 'two words', 'x'.repeat(33), 'a.b', '😀'])
      assert.equal((await add({ shortcut, message: 'a' })).body['details'], 'shortcut', shortcut);
    assert.equal((await add({ shortcut: 'x_1-ب', message: '' })).body['details'], 'message');
    assert.equal((await add({ shortcut: 'x_1-ب', message: 'a' })).status, 201);
  });
});

function add(body: object): Promise<Answer> {
  return ask(cloud, nile, table, body);
}
