import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { ask, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;

/** Every kind of request that has a body, and the code of its surface for one that can't be read. */
const surfaces: [method: string, path: string, code: string][] = [
  ['POST', '/functions/v1/whatsapp-lite-send', 'invalid_body'],
  ['POST', '/rest/v1/rpc/mark_read', 'PGRST102'],
  ['POST', '/rest/v1/quick_replies', 'PGRST102'],
  ['PATCH', '/rest/v1/quick_replies?shortcut=eq.none', 'PGRST102'],
  ['POST', '/rest/v1/message_templates', 'PGRST102'],
  ['POST', '/rest/v1/channel_accounts', 'PGRST102'],
  ['PATCH', '/rest/v1/channel_accounts?id=eq.none', 'PGRST102'],
  ['POST', '/rest/v1/broadcasts', 'PGRST102'],
  ['PATCH', '/rest/v1/broadcasts?id=eq.none', 'PGRST102'],
  ['PATCH', '/rest/v1/organization_settings', 'PGRST102'],
  ['POST', '/auth/v1/token?grant_type=password', 'bad_json'],
];

/** Actions, and the field that each needs first. */
const needs: [action: string, field: string, body?: Record<string, unknown>][] = [
  ['mark_read', 'conversation_id'],
  ['typing', 'conversation_id'],
  ['edit_message', 'message_id'],
  ['cancel_message', 'message_id'],
  ['reschedule_message', 'message_id'],
  ['create_upload', 'filename'],
  ['create_upload', 'size', { filename: 'a.txt' }],
  ['sync_templates', 'channel_account_id'],
  ['opt_out', 'channel'],
  ['test_channel_account', 'id'],
  ['connect_channel', 'channel'],
  ['connect_channel', 'redirect_url', { channel: 'messenger' }],
  ['finish_connection', 'state'],
  ['start_broadcast', 'id'],
  ['pause_series', 'series_id'],
];

suite('bodies', () => {
  after(() => cloud.close());

  for (const [method, path, code] of surfaces)
    test(`${method} ${path} says ${code} of a body that is no JSON object`, async () => {
      for (const body of ['{"a":', 'words', '5', 'null', '"x"', '[]', '[1]', '[{}, {}]']) {
        const answer = await ask(cloud, nile, path, undefined, { method, body });
        assert.deepEqual([answer.status, answer.body['code']], [400, code], body);
        assert.match(String(answer.body['message']), /JSON/, body);
        if (path.startsWith('/auth')) assert.equal(answer.body['error_code'], code);
      }
    });

  test('an action without a body is one without fields, and a send is not', async () => {
    const action = await ask(cloud, nile, '/rest/v1/rpc/list_connectable_channels', undefined, { method: 'POST' });
    assert.equal(action.status, 200);
    const send = await ask(cloud, nile, '/functions/v1/sms-send', undefined, { method: 'POST' });
    assert.deepEqual([send.status, send.body['code']], [400, 'invalid_body']);
  });

  for (const [action, field, body = {}] of needs)
    test(`${action} says that '${field}' is required`, async () => {
      const path = `/rest/v1/rpc/${action}`;
      for (const nothing of [{}, { [field]: null }].slice(0, field === 'id' || field.endsWith('_id') ? 2 : 1)) {
        const missing = await ask(cloud, nile, path, { ...body, ...nothing });
        assert.deepEqual(
          [missing.status, missing.body['code'], missing.body['details']],
          [400, 'missing_field', field],
        );
        assert.equal(missing.body['message'], `'${field}' is required`);
      }
      const wrong = await ask(cloud, nile, path, { ...body, [field]: true });
      assert.deepEqual([wrong.status, wrong.body['code'], wrong.body['details']], [400, 'invalid_field', field]);
      assert.doesNotMatch(String(wrong.body['message']), /required/);
    });

  test('a field that nobody knows is named, with those that there are', async () => {
    for (const [method, path, body, field] of [
      ['POST', '/rest/v1/quick_replies', { shortcut: 'a', mesage: 'b' }, 'mesage'],
      ['POST', '/rest/v1/channel_accounts', { channel: 'telegram', credentials: {}, nme: 'x' }, 'nme'],
      ['POST', '/rest/v1/channel_accounts', { channel: 'telegram', credentials: { token: 'x' } }, 'credentials.token'],
      ['PATCH', '/rest/v1/organization_settings', { opt_outs: {} }, 'opt_outs'],
      ['POST', '/functions/v1/sms-send', { to: '+201551100001', mesage: 'x' }, 'mesage'],
    ] as const) {
      const { status, body: said } = await ask(cloud, nile, path, body, { method });
      assert.deepEqual([status, said['code'], said['details']], [400, 'unknown_field', field]);
      assert.ok(String(said['hint']).includes(','), 'those there are');
    }
  });
});
