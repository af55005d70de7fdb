import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { tables } from '@parley/core/edge/tables.ts';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import { signIn } from '../support/people.ts';
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
const session = await signIn(cloud, gulf);
const [message] = await rows(cloud, nile, 'messages?channel=whatsapp_lite');
const [own] = await rows(cloud, gulf, 'conversations?channel=whatsapp_lite');
const account = accountOf(nile, 'whatsapp_lite');

/** Everything that names something of the other organization. */
const foreign: Record<keyof typeof tables, string[]> = {
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
  conversations: [
    `id=eq.${String(message?.['conversation_id'])}`,
    `contact_id=eq.${String(message?.['contact_id'])}`,
    `organization_id=eq.${nile.id}`,
  ],
  contacts: [`id=eq.${String(message?.['contact_id'])}`, `organization_id=eq.${nile.id}`],
  channel_accounts: [`id=eq.${account.id}`, `organization_id=eq.${nile.id}`],
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
    assert.deepEqual(await rows(cloud, gulf, 'messages?direction=OUTBOUND'), []);
    assert.deepEqual(await rows(cloud, nile, 'messages?direction=OUTBOUND'), []);
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
      changes: { message_id: string | null; conversation_id: string }[];
    }[];
    const told = feed.flatMap(({ changes }) => changes);
    const known = new Set((await rows(cloud, gulf, 'conversations')).map(({ id }) => id));
    assert.ok(told.length > 0);
    assert.deepEqual(
      told.filter(({ conversation_id }) => !known.has(conversation_id)),
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
      assert.deepEqual([...new Set(frames.map(({ data }) => data['organization_id']))], [gulf.id]);
      assert.equal(frames.filter(({ type }) => type === 'message.created').length, 1);
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
