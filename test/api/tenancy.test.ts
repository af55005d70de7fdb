import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { TableName } from '@parley/core/edge/tables.ts';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import { signIn } from '../support/people.ts';
import { fillTables } from '../support/tables.ts';
import { cloudInbound, liteInbound, post, telegramInbound } from '../support/webhooks.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const from = '201551500001';

// The same customer writes to both; only the keys tell them apart.
for (const organization of [nile, gulf]) {
  await post(cloudInbound(accountOf(organization, 'whatsapp_cloud'), from, `To ${organization.id}`));
  await post(telegramInbound(accountOf(organization, 'telegram'), 751500001, `To ${organization.id}`));
  await post(liteInbound(accountOf(organization, 'whatsapp_lite'), `+${from}`, `To ${organization.id}`));
}
await cloud.drain();
for (const organization of [nile, gulf]) await fillTables(cloud, organization, `+${from}`);
const session = await signIn(cloud, gulf);
const [message] = await rows(cloud, nile, 'messages?channel=whatsapp_lite');
const [own] = await rows(cloud, gulf, 'conversations?channel=whatsapp_lite');
const account = accountOf(nile, 'whatsapp_lite');
const [kept] = await rows(cloud, nile, 'message_templates');
const [reply] = await rows(cloud, nile, 'quick_replies');
const [optOut] = await rows(cloud, nile, 'opt_outs');
const [series] = await rows(cloud, nile, 'series');
const [link] = await rows(cloud, nile, 'links');
const [broadcast] = await rows(cloud, nile, 'broadcasts');

/** Everything that names something of the other organization. What a channel can do is nobody's. */
const foreign: Record<Exclude<TableName, 'channels'>, string[]> = {
  messages: [
    `id=eq.${message?.id}`,
    `id=in.(${message?.id})`,
    `conversation_id=eq.${String(message?.['conversation_id'])}`,
    `conversation_id=${String(message?.['conversation_id'])}`,
    `contact_id=eq.${String(message?.['contact_id'])}`,
    `contact_id=in.(${String(message?.['contact_id'])})`,
    `channel_account_id=eq.${account.id}`,
    `organization_id=eq.${nile.id}`,
    `or=(id.eq.${message?.id},organization_id.eq.${nile.id})`,
    `provider_message_id=eq.${String(message?.['provider_message_id'])}`,
  ],
  scheduled_messages: [`organization_id=eq.${nile.id}`, `channel=eq.telegram&organization_id=eq.${nile.id}`],
  series: [`id=eq.${series?.id}`, `channel=eq.telegram&organization_id=eq.${nile.id}`],
  conversations: [
    `id=eq.${String(message?.['conversation_id'])}`,
    `contact_id=eq.${String(message?.['contact_id'])}`,
    `organization_id=eq.${nile.id}`,
  ],
  contacts: [`id=eq.${String(message?.['contact_id'])}`, `organization_id=eq.${nile.id}`],
  templates: [`channel_account_id=eq.${accountOf(nile, 'whatsapp_cloud').id}`, `organization_id=eq.${nile.id}`],
  message_templates: [
    `id=eq.${kept?.id}`,
    `organization_id=eq.${nile.id}`,
    `name=eq.welcome&organization_id=eq.${nile.id}`,
  ],
  quick_replies: [
    `id=eq.${reply?.id}`,
    `organization_id=eq.${nile.id}`,
    `shortcut=eq.hi&organization_id=eq.${nile.id}`,
  ],
  opt_outs: [`id=eq.${encodeURIComponent(optOut?.id ?? '')}`, `organization_id=eq.${nile.id}`],
  links: [`id=eq.${link?.id}`, `message_id=eq.${String(link?.['message_id'])}`, `organization_id=eq.${nile.id}`],
  organization_settings: [`organization_id=eq.${nile.id}`],
  broadcasts: [`id=eq.${broadcast?.id}`, `organization_id=eq.${nile.id}`],
  channel_accounts: [`id=eq.${account.id}`, `organization_id=eq.${nile.id}`],
  channel_account_health: [`channel_account_id=eq.${account.id}`, `organization_id=eq.${nile.id}`],
};

const credentials: Record<string, Record<string, string>> = {
  'X-API-Key': { 'X-API-Key': gulf.api_key },
  apikey: { apikey: gulf.api_key },
  'Authorization with a key': { Authorization: `Bearer ${gulf.api_key}` },
  'a session': { Authorization: `Bearer ${session.access_token}` },
  'a session beside the key of the other organization': {
    Authorization: `Bearer ${session.access_token}`,
    apikey: nile.api_key,
  },
};

suite('one organization never sees or touches another', () => {
  after(() => cloud.close());

  for (const [name, headers] of Object.entries(credentials)) {
    test(`every table, read with ${name}`, async () => {
      for (const [table, filters] of Object.entries(foreign)) {
        const all = await read(`${table}?limit=1000`, headers);
        assert.ok(all.length > 0, table);
        assert.deepEqual(
          all.filter((row) => row['organization_id'] !== gulf.id),
          [],
          table,
        );
        for (const filter of filters) assert.deepEqual(await read(`${table}?${filter}`, headers), [], filter);
      }
    });
  }

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

  test('changes tell of the own organization only', async () => {
    const feed = (await ask(cloud, gulf, '/rest/v1/changes?seq=gt.0&limit=1000')).body as unknown as {
      changes: {
        message_id: string | null;
        conversation_id: string | null;
        channel_account_id?: string;
        broadcast_id?: string;
      }[];
    }[];
    const told = feed.flatMap(({ changes }) => changes);
    const mine = await Promise.all(
      ['conversations', 'channel_accounts', 'broadcasts'].map((table) => rows(cloud, gulf, table)),
    );
    const known = new Set<unknown>(mine.flat().map(({ id }) => id));
    assert.ok(told.length > 0);
    assert.deepEqual(
      told.filter((each) => !known.has(each.conversation_id ?? each.channel_account_id ?? each.broadcast_id)),
      [],
    );
  });

  test('the socket tells of the own organization only, whatever it is opened with', async () => {
    const clients = [
      await listen(cloud, { apikey: gulf.api_key }),
      await listen(cloud, { access_token: session.access_token }),
      await listen(cloud, { access_token: session.access_token, apikey: nile.api_key }),
    ];
    await post(cloudInbound(accountOf(nile, 'whatsapp_cloud'), from, 'Not for them'));
    await ask(cloud, nile, '/rest/v1/rpc/mark_read', { conversation_id: message?.['conversation_id'] });
    await cloud.drain();
    await post(cloudInbound(accountOf(gulf, 'whatsapp_cloud'), from, 'For them'));
    await eventually('each hears of its own', () =>
      clients.every((client) => client.rows('message.created').length > 0),
    );
    await delay(50);
    for (const { frames } of clients) {
      const changes = frames.flatMap((frame) => frame.changes);
      assert.deepEqual([...new Set(changes.map(({ data }) => data['organization_id']))], [gulf.id]);
      assert.equal(changes.filter(({ type }) => type === 'message.created').length, 1);
    }
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

  test('a customer whom both know is two contacts, and an own id still works', async () => {
    const [mine, theirs] = [
      await rows(cloud, gulf, `contacts?phone=eq.%2B${from}`),
      await rows(cloud, nile, `contacts?phone=eq.%2B${from}`),
    ];
    assert.equal(mine.length, 1);
    assert.notEqual(mine[0]?.id, theirs[0]?.id);
    const answer = await ask(cloud, gulf, '/functions/v1/whatsapp-lite-send', {
      conversation_id: own?.id,
      message: 'Ours',
    });
    assert.equal(answer.status, 200);
  });
});

async function read(path: string, headers: Record<string, string>): Promise<Row[]> {
  const response = await fetch(`${cloud.access.url}/rest/v1/${path}`, { headers });
  assert.equal(response.status, 200, path);
  return (await response.json()) as Row[];
}
