import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { accountOf, ask, eventually, rows } from '../support/cloud.ts';
import type { Row } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import { cloudInbound, post } from '../support/webhooks.ts';
import { cloud, nile, gulf, from, session, message, own, foreign, credentials } from './two-tenants.ts';

suite('one organization never sees another', () => {
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
