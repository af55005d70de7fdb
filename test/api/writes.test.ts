import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { createClient } from '@supabase/supabase-js';
import { ask, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const REPLIES = '/rest/v1/quick_replies';

const preferring = (method: string, prefer: string, more: Record<string, string> = {}) => ({
  method,
  headers: { Prefer: prefer, ...more },
});

async function shortcuts(filter = ''): Promise<unknown[]> {
  const found = await rows(cloud, nile, `quick_replies?order=shortcut.asc${filter}`);
  return found.map(({ shortcut, message }) => `${String(shortcut)} ${String(message)}`);
}

suite('what a write is answered with', () => {
  after(() => cloud.close());

  test('a new row is answered as it is asked for, and says where it is', async () => {
    for (const [shortcut, prefer, form] of [
      ['a', 'return=minimal', 'nothing'],
      ['b', 'return=headers-only', 'nothing'],
      ['c', 'return=representation', 'a list'],
      ['d', 'count=exact', 'the row'],
    ] as const) {
      const made = await fetch(`${cloud.access.url}${REPLIES}`, {
        ...preferring('POST', prefer, { 'X-API-Key': nile.api_key }),
        body: JSON.stringify({ shortcut, message: 'one' }),
      });
      const text = await made.text();
      assert.equal(made.status, 201);
      const found = text === '' ? 'nothing' : Array.isArray(JSON.parse(text)) ? 'a list' : 'the row';
      assert.equal(found, form, prefer);
      const there = await rows(cloud, nile, made.headers.get('location')?.replace('/rest/v1/', '') ?? '');
      assert.deepEqual(
        there.map((row) => row['shortcut']),
        [shortcut],
      );
      assert.equal(made.headers.get('preference-applied'), prefer.startsWith('return') ? prefer : null);
    }
  });

  test('more rows than max-affected are not changed, and not deleted', async () => {
    const before = await shortcuts();
    for (const [method, body] of [
      ['PATCH', { message: 'two' }],
      ['DELETE', undefined],
    ] as const) {
      const more = preferring(method, 'handling=strict, max-affected=3');
      const refused = await ask(cloud, nile, `${REPLIES}?shortcut=like.*`, body, more);
      assert.deepEqual([refused.status, refused.body['code']], [400, 'PGRST124']);
      assert.match(String(refused.body['details']), /4 rows/);
    }
    assert.deepEqual(await shortcuts(), before);
    const few = preferring('PATCH', 'handling=strict, max-affected=2, return=minimal');
    const changed = await ask(cloud, nile, `${REPLIES}?shortcut=in.(a,b)`, { message: 'two' }, few);
    assert.equal(changed.status, 204);
    assert.equal(changed.headers.get('preference-applied'), 'return=minimal, handling=strict, max-affected=2');
    const lenient = await ask(
      cloud,
      nile,
      `${REPLIES}?shortcut=eq.c`,
      { message: 'two' },
      preferring('PATCH', 'max-affected=0'),
    );
    assert.equal(lenient.status, 204, 'without handling=strict it says nothing');
    assert.deepEqual(await shortcuts(), ['a two', 'b two', 'c two', 'd one']);
  });

  test('a change that is to be answered with one object changes nothing where there are several', async () => {
    const single = preferring('PATCH', 'return=representation', { Accept: 'application/vnd.pgrst.object+json' });
    const several = await ask(cloud, nile, `${REPLIES}?shortcut=like.*`, { message: 'three' }, single);
    assert.deepEqual([several.status, several.body['code']], [406, 'PGRST116']);
    assert.deepEqual(await shortcuts(), ['a two', 'b two', 'c two', 'd one']);
    const one = await ask(cloud, nile, `${REPLIES}?shortcut=eq.d&select=message`, { message: 'three' }, single);
    assert.deepEqual([one.status, one.body], [200, { message: 'three' }]);
  });

  test('select is no filter: without one nothing is changed', async () => {
    for (const method of ['PATCH', 'DELETE'])
      for (const query of ['', '?select=id', '?order=shortcut.asc', '?limit=5']) {
        const body = method === 'PATCH' ? { message: 'all' } : undefined;
        const refused = await ask(cloud, nile, REPLIES + query, body, { method });
        assert.deepEqual([refused.status, refused.body['code']], [400, '21000'], `${method} ${query}`);
      }
    assert.equal((await shortcuts()).length, 4);
  });

  test('one row has no path of its own', async () => {
    for (const method of ['GET', 'DELETE', 'PATCH']) {
      const refused = await ask(cloud, nile, `${REPLIES}/qr_1`, method === 'PATCH' ? {} : undefined, { method });
      assert.deepEqual([refused.status, refused.body['code']], [404, 'PGRST125'], method);
      assert.match(String(refused.body['hint']), /quick_replies\?id=eq\.qr_1/);
    }
  });

  test('settings are changed only where the filter finds them', async () => {
    const path = '/rest/v1/organization_settings';
    const shown = preferring('PATCH', 'return=representation');
    const none = await ask(cloud, nile, `${path}?organization_id=eq.org_x`, { timezone: 'Asia/Riyadh' }, shown);
    assert.deepEqual([none.status, none.body], [200, []]);
    const own = await ask(cloud, nile, `${path}?select=timezone`, { timezone: 'Africa/Cairo' }, shown);
    assert.deepEqual([own.status, own.body], [200, [{ timezone: 'Africa/Cairo' }]]);
  });

  test('supabase-js writes as it is used to', async () => {
    const supabase = createClient(cloud.access.url, nile.api_key);
    const table = supabase.from('quick_replies');
    const made = await table.insert({ shortcut: 'z', message: 'one' }).select('shortcut').single();
    assert.deepEqual([made.status, made.data], [201, { shortcut: 'z' }]);
    const plain = await table.insert({ shortcut: 'y', message: 'one' });
    assert.deepEqual([plain.status, plain.error], [201, null]);
    const changed = await table.update({ message: 'two' }).eq('shortcut', 'z').select('message');
    assert.deepEqual([changed.error, changed.data], [null, [{ message: 'two' }]]);
    const gone = await table.delete().in('shortcut', ['y', 'z']);
    assert.deepEqual([gone.status, gone.error], [204, null]);
    const wrong = await table.insert({ shortcut: 'not one', message: 'x' });
    assert.deepEqual([wrong.status, wrong.error?.code], [400, 'invalid_field']);
  });
});
