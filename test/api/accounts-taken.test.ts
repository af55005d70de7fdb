import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, suite, test } from 'node:test';
import { accountOf, ask, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { storedItems } from '../support/table.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const accounts = '/rest/v1/channel_accounts';

/** An account that nobody has yet, with secrets of whoever connects it; and the same one as somebody else may spell it. */
interface Case {
  channel: string;
  external_id: string;
  spelled?: string;
  credentials(secret: string): Record<string, unknown>;
}

const cases: Case[] = [
  { channel: 'whatsapp_cloud', external_id: '7700000000001', credentials: (secret) => ({ access_token: secret }) },
  {
    channel: 'whatsapp_lite',
    external_id: '+201577000002',
    spelled: '00201577000002',
    credentials: (webhook_secret) => ({ kind: 'notify', suit_id: webhook_secret, api_key: 'k', webhook_secret }),
  },
  { channel: 'messenger', external_id: '7700000000003', credentials: (secret) => ({ access_token: secret }) },
  {
    channel: 'instagram',
    external_id: '7700000000004',
    credentials: (secret) => ({ login: 'instagram', access_token: secret }),
  },
  {
    channel: 'telegram',
    external_id: '7700005',
    credentials: (secret_token) => ({ bot_token: '7700005:ABC', secret_token }),
  },
  { channel: 'tiktok', external_id: 'tt-7700006', credentials: (secret) => ({ access_token: secret }) },
  {
    channel: 'email',
    external_id: 'help@taken.example',
    spelled: 'Help@TAKEN.example',
    credentials: (secret) => ({ auth: 'none', webhook_secret: secret.padEnd(16, 'x') }),
  },
  {
    channel: 'sms',
    external_id: 'Taken',
    credentials: (suit_id) => ({ kind: 'notify', suit_id, api_key: 'k' }),
  },
  {
    channel: 'web_push',
    external_id: 'taken.example',
    credentials: (secret) => ({
      ...keyPair(),
      subject: 'mailto:a@taken.example',
      webhook_secret: secret.padEnd(16, 'x'),
      origins: 'https://taken.example',
    }),
  },
];

suite('an account that is connected already', () => {
  after(() => cloud.close());

  for (const one of cases) {
    test(`${one.channel}: is refused to another organization, and to its own, and goes on as it is`, async () => {
      const first = await connect(nile, one, 'first');
      assert.equal(first.status, 201, JSON.stringify(first.body));
      const routes = await routesOf(one.channel);
      for (const [organization, external_id] of [
        [gulf, one.external_id],
        [gulf, one.spelled ?? one.external_id],
        [nile, one.external_id],
      ] as const) {
        const again = await connect(organization, { ...one, external_id }, 'second');
        assert.deepEqual(
          [again.status, again.body['code'], again.body['details']],
          [409, 'account_taken', 'external_id'],
        );
        assert.ok(!JSON.stringify(again.body).includes(nile.id));
      }
      assert.deepEqual(await routesOf(one.channel), routes, 'every webhook still finds the first');
      assert.equal((await accountsCalled(gulf, one.external_id)).length, 0);
      await disconnect(nile, first.body);
    });

    test(`${one.channel}: of two who connect it at once one has it, whole`, async () => {
      const both = await Promise.all([nile, gulf].map((who, index) => connect(who, one, `race-${index}`)));
      assert.deepEqual(
        both.map(({ status }) => status).toSorted((a, b) => a - b),
        [201, 409],
      );
      const winner = both.findIndex(({ status }) => status === 201);
      const [won, lost] = winner === 0 ? [nile, gulf] : [gulf, nile];
      const routes = (await routesOf(one.channel)).filter(({ account }) => account === both[winner]?.body.id);
      assert.ok(routes.length >= 2);
      assert.equal((await accountsCalled(lost, one.external_id)).length, 0);
      await disconnect(won, both[winner]?.body as Row);
    });
  }

  /** [channel, the credentials by which an account is found as well] */
  const shared: [channel: string, of: (secret: string) => Record<string, unknown>][] = [
    ['whatsapp_lite', (webhook_secret) => ({ kind: 'notify', suit_id: 's', api_key: 'k', webhook_secret })],
    ['telegram', (secret_token) => ({ bot_token: '7700010:ABC', secret_token })],
    ['email', (secret) => ({ auth: 'none', webhook_secret: 'x'.repeat(16), inbound_address: `${secret}@in.example` })],
    ['whatsapp_cloud', (secret) => ({ access_token: 'k', phone_number: `+2015770${secret.length}0011` })],
  ];
  for (const [channel, of] of shared) {
    test(`${channel}: a change of credentials does not take what leads to another's account`, async () => {
      const one = (external_id: string, credentials: typeof of): Case => ({ channel, external_id, credentials });
      const theirs = await connect(nile, one('7700010', of), 'theirs');
      const own = await connect(gulf, one('7700011', of), 'own');
      assert.deepEqual([theirs.status, own.status], [201, 201], JSON.stringify([theirs.body, own.body]));
      const routes = await routesOf(channel);
      const change = { credentials: of('theirs'), probe: false };
      const path = `${accounts}?id=eq.${own.body.id}`;
      const changed = await ask(cloud, gulf, path, change, { method: 'PATCH' });
      assert.equal(changed.status, 409, JSON.stringify(changed.body));
      assert.deepEqual(await routesOf(channel), routes);
      await disconnect(nile, theirs.body);
      await disconnect(gulf, own.body);
    });
  }

  test('numbers of one WhatsApp business account are connected beside each other, whosever they are', async () => {
    const [waba_id] = [accountOf(nile, 'whatsapp_cloud').waba_id];
    const number = (external_id: string): Case => ({
      channel: 'whatsapp_cloud',
      external_id,
      credentials: (access_token) => ({ access_token, waba_id }),
    });
    const made = [
      await connect(nile, number('7700000000021'), 'one'),
      await connect(nile, number('7700000000022'), 'two'),
      await connect(gulf, number('7700000000023'), 'three'),
    ];
    assert.deepEqual(
      made.map(({ status }) => status),
      [201, 201, 201],
    );
    const [stands] = (await routesOf('whatsapp_cloud')).filter(({ pk }) => pk.endsWith(`#group:${waba_id}`));
    assert.equal(stands?.account, accountOf(nile, 'whatsapp_cloud').id, 'who was there first still stands for all');
  });
});

function connect(
  organization: Organization,
  { channel, external_id, credentials }: Case,
  secret: string,
): Promise<Answer> {
  return ask(cloud, organization, accounts, { channel, external_id, credentials: credentials(secret), probe: false });
}

async function disconnect(organization: Organization, { id }: Row): Promise<void> {
  assert.equal(
    (await ask(cloud, organization, `${accounts}?id=eq.${id}`, undefined, { method: 'DELETE' })).status,
    204,
  );
}

async function accountsCalled(organization: Organization, externalId: string): Promise<Row[]> {
  return (await rows(cloud, organization, 'channel_accounts')).filter((row) => row['external_id'] === externalId);
}

/** What leads to the accounts of a channel. */
async function routesOf(channel: string): Promise<{ pk: string; account: unknown }[]> {
  const items = await storedItems(cloud);
  return items
    .filter(({ pk }) => pk.startsWith(`route#${channel}#`))
    .map(({ pk, account }) => ({ pk, account: account }));
}

function keyPair(): { public_key: string; private_key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { public_key: point.toString('base64url'), private_key: privateKey.export({ format: 'jwk' }).d ?? '' };
}
