import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows } from '../support/cloud.ts';
import type { Row } from '../support/cloud.ts';
import { cloudInbound, liteInbound, post, telegramInbound } from '../support/webhooks.ts';
import { cloud, nile, gulf, from, message, account, kept, reply, series, broadcast, foreign } from './two-tenants.ts';

suite('one organization never touches another', () => {
  after(() => cloud.close());

  test('a send names nothing of the other organization', async () => {
    const conversation_id = message?.['conversation_id'];
    for (const [channel, organization] of [
      ['whatsapp-lite', 'whatsapp_lite'],
      ['whatsapp-cloud', 'whatsapp_cloud'],
      ['telegram', 'telegram'],
    ] as const) {
      const to = channel === 'telegram' ? '751500001' : `+${from}`;
      for (const body of [
        { conversation_id },
        { contact_id: message?.['contact_id'] },
        { to, contact_id: message?.['contact_id'] },
        { to, conversation_id },
        { to, channel_account_id: accountOf(nile, organization).id },
        { to, organization_id: nile.id },
        { to, suitId: account.kind === 'notify' ? account.suit_id : '' },
        { to, reply_to: message?.id },
      ]) {
        const answer = await ask(cloud, gulf, `/functions/v1/${channel}-send`, { ...body, message: 'Mine now' });
        const said = JSON.stringify(answer.body);
        assert.ok(answer.status >= 400 && answer.status < 500, `${channel} ${JSON.stringify(body)}: ${said}`);
      }
    }
    await cloud.drain();
    assert.deepEqual(await rows(cloud, gulf, 'messages?direction=OUTBOUND&message=eq.Mine now'), []);
    assert.deepEqual(await rows(cloud, nile, 'messages?direction=OUTBOUND&message=eq.Mine now'), []);
  });

  test('no action touches what is of the other organization', async () => {
    const named = { message_id: message?.id, conversation_id: message?.['conversation_id'] };
    for (const [action, body] of [
      ['typing', named],
      ['edit_message', { ...named, message: 'Mine now' }],
      ['delete_message', named],
      ['retry_message', named],
      ['pause_series', { series_id: series?.id }],
      ['resume_series', { series_id: series?.id }],
      ['edit_series', { series_id: series?.id, message: 'Mine now' }],
      ['skip_occurrence', { series_id: series?.id, occurrence: (series?.['next'] as string[] | undefined)?.[0] }],
      ['cancel_series', { series_id: series?.id }],
      ['opt_out', { contact_id: message?.['contact_id'], channel: 'whatsapp_lite' }],
      ['opt_in', { contact_id: message?.['contact_id'], channel: 'whatsapp_lite', reason: 'Mine now' }],
      ['sync_templates', { channel_account_id: accountOf(nile, 'whatsapp_cloud').id }],
    ] as const) {
      const answer = await ask(cloud, gulf, `/rest/v1/rpc/${action}`, body);
      assert.equal(answer.status, 404, `${action}: ${JSON.stringify(answer.body)}`);
    }
    const body = { to: '751500001', forward_of: message?.id };
    assert.equal((await ask(cloud, gulf, '/functions/v1/telegram-send', body)).body['code'], 'no_message');
  });

  test('no broadcast of the other organization is touched, and none is to its contacts or from its files', async () => {
    for (const verb of ['start', 'pause', 'resume', 'cancel', 'export', 'preview'])
      assert.equal((await ask(cloud, gulf, `/rest/v1/rpc/${verb}_broadcast`, { id: broadcast?.id })).status, 404, verb);
    const path = `/rest/v1/broadcasts?id=eq.${broadcast?.id}`;
    await ask(cloud, gulf, path, { name: 'Mine now' }, { method: 'PATCH' });
    assert.equal((await rows(cloud, nile, 'broadcasts'))[0]?.['name'], null);
    const common = { channel: 'telegram', content: { message: 'Mine now' } };
    const { upload_id } = (await ask(cloud, nile, '/rest/v1/rpc/create_upload', { filename: 'a.csv', size: 1 })).body;
    for (const [body, code] of [
      [{ ...common, audience: { kind: 'file', upload_id } }, 'no_upload'],
      [{ ...common, channel_account_id: accountOf(nile, 'telegram').id }, 'no_channel_account'],
    ] as const)
      assert.equal((await ask(cloud, gulf, '/rest/v1/broadcasts', body)).body['code'], code);
    const contact_ids = [message?.['contact_id']];
    const audience = { kind: 'contacts', contact_ids };
    const made = (await ask(cloud, gulf, '/rest/v1/broadcasts', { ...common, audience })).body;
    const failed = await eventually('its list is read', async () => {
      const [row] = await rows(cloud, gulf, `broadcasts?id=eq.${made.id}&status=eq.FAILED`);
      return row;
    });
    assert.deepEqual(failed['totals'], { rows: 1, recipients: 0, duplicates: 0, bad_rows: 1, opted_out: 0 });
  });

  test('no account of the other organization is tested, paired, changed or disconnected', async () => {
    for (const action of ['test_channel_account', 'pair_channel_account', 'logout_channel_account'])
      for (const { id } of nile.channel_accounts)
        assert.equal((await ask(cloud, gulf, `/rest/v1/rpc/${action}`, { id })).status, 404, action);
    for (const filter of foreign.channel_accounts) {
      const path = `/rest/v1/channel_accounts?${filter}`;
      await ask(cloud, gulf, path, { name: 'Ours', credentials: { bot_token: '1:a' } }, { method: 'PATCH' });
      await ask(cloud, gulf, path, undefined, { method: 'DELETE' });
    }
    const left = await rows(cloud, nile, 'channel_accounts');
    assert.deepEqual(new Set(left.map(({ id }) => id)), new Set(nile.channel_accounts.map(({ id }) => id)));
    assert.ok(left.every(({ name }) => name !== 'Ours'));
    const redirect_url = 'https://inbox.example/';
    const asked = await ask(cloud, nile, '/rest/v1/rpc/connect_channel', { channel: 'messenger', redirect_url });
    const stolen = { state: asked.body['state'], code: 'a-code' };
    const finished = await ask(cloud, gulf, '/rest/v1/rpc/finish_connection', stolen);
    assert.deepEqual([finished.status, finished.body['code']], [400, 'invalid_state']);
  });

  test('no entry of the other library is sent, shown, changed or deleted', async () => {
    const named = { to: '751500001', template_id: kept?.id };
    assert.equal((await ask(cloud, gulf, '/functions/v1/telegram-send', named)).body['code'], 'no_template');
    for (const what of [named, { contact_id: message?.['contact_id'], message: 'Hello {{name}}', variables: {} }]) {
      const shown = await ask(cloud, gulf, '/rest/v1/rpc/preview_message', { ...what, channels: ['telegram'] });
      const [preview] = shown.body as unknown as Row[];
      assert.ok(preview?.['problem'], JSON.stringify(shown.body));
    }
    for (const [table, changed] of [
      ['message_templates', { content: { message: 'Ours' } }],
      ['quick_replies', { message: 'Ours' }],
    ] as const)
      for (const filter of foreign[table]) {
        await ask(cloud, gulf, `/rest/v1/${table}?${filter}`, changed, { method: 'PATCH' });
        await ask(cloud, gulf, `/rest/v1/${table}?${filter}`, undefined, { method: 'DELETE' });
      }
    assert.deepEqual(await rows(cloud, nile, 'message_templates'), [kept]);
    assert.deepEqual(await rows(cloud, nile, 'quick_replies'), [reply]);
  });

  test('mark_read and PATCH change nothing of the other organization', async () => {
    const read = await ask(cloud, gulf, '/rest/v1/rpc/mark_read', { conversation_id: message?.['conversation_id'] });
    assert.equal(read.status, 404);
    for (const filter of foreign.channel_accounts)
      await ask(cloud, gulf, `/rest/v1/channel_accounts?${filter}`, { status: 'Inactive' }, { method: 'PATCH' });
    const [conversation] = await rows(cloud, nile, `conversations?id=eq.${String(message?.['conversation_id'])}`);
    assert.equal(conversation?.['unread_count'], 1);
    assert.deepEqual(
      new Set((await rows(cloud, nile, 'channel_accounts')).map((row) => row['status'])),
      new Set(['Active']),
    );
  });

  test('a webhook by the path of an account takes only what that account or its app has signed', async () => {
    for (const [webhook, status] of [
      [
        {
          ...telegramInbound(accountOf(gulf, 'telegram'), 751500002, 'Slip'),
          url: accountOf(nile, 'telegram').webhook_url,
        },
        401,
      ],
      [{ ...liteInbound(accountOf(gulf, 'whatsapp_lite'), '+201551500002', 'Slip'), url: account.webhook_url }, 401],
    ] as const)
      assert.equal((await post(webhook)).status, status);
    // One app signs for both: the message still goes where its number says, whatever the path.
    const shared = cloudInbound(accountOf(gulf, 'whatsapp_cloud'), '201551500003', 'By the other path');
    const nileCloud = accountOf(nile, 'whatsapp_cloud');
    assert.equal((await post({ ...shared, url: `${nileCloud.webhook_url}/${nileCloud.id}` })).status, 200);
    await cloud.drain();
    assert.equal((await rows(cloud, nile, 'messages?message=in.(Slip,"By the other path")')).length, 0);
    assert.equal((await rows(cloud, gulf, 'messages?message=in.(Slip,"By the other path")')).length, 1);
  });
});
