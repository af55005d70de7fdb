import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, eventually, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { invoke } from '../support/functions.ts';
import { listen } from '../support/live.ts';
import { listenLonger, storedItems } from '../support/table.ts';
import { cloudInbound, post } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');

suite('F35: clients that have gone', () => {
  after(() => cloud.close());

  test('a dead socket delays nobody, and is forgotten', async () => {
    const clients = [];
    for (let count = 0; count < 3; count++) clients.push(await listen(cloud, { apikey: nile.api_key }));
    const [first, dead, last] = clients;
    assert.equal((await connections()).length, 3);
    await listenLonger(cloud);
    dead?.socket.terminate();

    assert.equal((await post(cloudInbound(account, '201553500001', 'Still there?'))).status, 200);
    await eventually('both others hear of it', () =>
      [first, last].every((client) => client?.rows('message.created').length === 1),
    );
    await cloud.drain();
    await eventually('it is forgotten', async () => (await connections()).length === 2);
    assert.equal((await post(cloudInbound(account, '201553500001', 'And again'))).status, 200);
    await eventually('the next one too', () => first?.rows('message.created').length === 2);
    assert.deepEqual(
      cloud.logs.filter((line) => /WARN|ERROR/.test(line)),
      [],
    );
  });

  test('everyone has gone: messages are still counted', async () => {
    for (const client of cloud.clients) client.terminate();
    assert.equal((await post(cloudInbound(account, '201553500002', 'Anybody?'))).status, 200);
    await cloud.drain();
    await eventually('all are forgotten', async () => (await connections()).length === 0);
    const counted = (await storedItems(cloud)).filter(({ sk }) => sk === 'conversation');
    assert.deepEqual(new Set(counted.map((item) => item['unread'])), new Set([1, 2]));
  });

  test('who is let in while others write is not taken for gone: API Gateway knows nobody whose handshake is under way', async () => {
    const requestContext = { routeKey: '$connect', connectionId: 'opening=' };
    await invoke(cloud, 'Socket', { requestContext, headers: { 'X-API-Key': nile.api_key } });
    assert.equal((await post(cloudInbound(account, '201553500003', 'Meanwhile'))).status, 200);
    await cloud.drain();
    assert.deepEqual(
      (await connections()).map(({ sk }) => sk),
      ['opening='],
    );
    await listenLonger(cloud);
    assert.equal((await post(cloudInbound(account, '201553500003', 'Nobody came'))).status, 200);
    await cloud.drain();
    await eventually('it is forgotten', async () => (await connections()).length === 0);
  });
});

async function connections() {
  return (await storedItems(cloud)).filter(({ pk }) => pk.endsWith('#connections'));
}
