import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { freshMid, metaWebhook } from '../support/meta.ts';
import { customer } from '../support/phones.ts';
import { rowOf, sendText, whenMessage } from '../support/sends.ts';
import { quarantined, storedItems } from '../support/table.ts';
import {
  cloudChange,
  cloudEnvelope,
  cloudInbound,
  cloudText,
  freshId,
  liteInbound,
  post,
  signCloud,
  telegramInbound,
  hmac,
} from '../support/webhooks.ts';
import type { SignedWebhook } from '../support/webhooks.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const nileCloud = accountOf(nile, 'whatsapp_cloud');
const gulfCloud = accountOf(gulf, 'whatsapp_cloud');

suite('F15 and F16: who may write into an inbox', () => {
  after(() => cloud.close());

  test('F15: two organizations under one app, in one webhook: each message lands in its own inbox', async () => {
    assert.equal(nileCloud.app_secret, gulfCloud.app_secret);
    const changes = [nileCloud, gulfCloud].map((account) => {
      const { contact, message } = cloudText('201515000001', `For ${account.display_phone_number}`);
      return cloudChange(account, { contacts: [contact], messages: [message] });
    });
    assert.equal((await post(signCloud(nileCloud, cloudEnvelope(nileCloud, changes)))).status, 200);
    assert.deepEqual(await textsOf(nile), [`For ${nileCloud.display_phone_number}`]);
    assert.deepEqual(await textsOf(gulf), [`For ${gulfCloud.display_phone_number}`]);
  });

  test('F15: two numbers of ours write to each other: one provider id, a message in both inboxes', async () => {
    await customer(cloud, nileCloud, gulfCloud.display_phone_number);
    const to = gulfCloud.display_phone_number;
    const sent = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', { to, message: 'From Nile to Gulf' });
    const outbound = await eventually('it is delivered', async () => {
      const [row] = await rows(cloud, nile, `messages?id=eq.${(sent.body['result'] as { id: string }).id}`);
      return row?.['status'] === 'DELIVERED' && row;
    });
    const id = String(outbound['provider_message_id']);
    const from = nileCloud.display_phone_number.slice(1);
    await post(cloudInbound(gulfCloud, from, 'From Nile to Gulf', { id }));
    const [inbound] = await eventually('it arrives', async () => {
      const found = await rows(cloud, gulf, `messages?provider_message_id=eq.${id}`);
      return found.length > 0 && found;
    });
    assert.equal(outbound['direction'], 'OUTBOUND');
    assert.equal(inbound?.['direction'], 'INBOUND');
    assert.equal((await rows(cloud, nile, `messages?provider_message_id=eq.${id}`)).length, 1);
  });

  test('F15: the same id on two accounts of one organization is two messages', async () => {
    const [first, second] = nile.channel_accounts.filter(({ channel }) => channel === 'whatsapp_lite');
    assert.ok(first?.channel === 'whatsapp_lite' && second?.channel === 'whatsapp_lite');
    const id = freshId();
    for (const own of [first, second]) {
      const { status } = await post(liteInbound(own, '+201515000010', 'To both', { id }));
      assert.equal(status, 200);
    }
    const both = await eventually('both arrive', async () => {
      const found = await rows(cloud, nile, `messages?provider_message_id=eq.${id}`);
      return found.length === 2 && found;
    });
    assert.deepEqual(new Set(both.map((row) => row['channel_account_id'])), new Set([first.id, second.id]));
  });

  test('F15: a number nobody here has: 200, quarantined, in no inbox', async () => {
    const strange = { ...nileCloud, external_id: '109999999999999' };
    const before = await messageCount();
    assert.equal((await post(cloudInbound(strange, '201515000002', 'Whose is this'))).status, 200);
    await cloud.drain();
    assert.equal(await messageCount(), before);
    const [aside] = (await quarantined(cloud)).filter(({ raw }) => String(raw).includes('Whose is this'));
    assert.equal(aside?.['organization'], undefined);
  });

  test("F15: a webhook that another account signed can't write into this one's inbox", async () => {
    const before = await messageCount();
    const [mine, theirs] = [accountOf(nile, 'telegram'), accountOf(gulf, 'telegram')];
    const bot = telegramInbound(theirs, 751500001, 'Not yours');
    assert.equal((await post({ ...bot, url: mine.webhook_url })).status, 401);

    const [myLite, theirLite] = [accountOf(nile, 'whatsapp_lite'), accountOf(gulf, 'whatsapp_lite')];
    const lite = { ...liteInbound(myLite, '+201515000003', 'Not yours'), headers: secretOf(theirLite.webhook_secret) };
    assert.equal((await post(lite)).status, 401);
    assert.equal((await post({ ...lite, url: lite.url.replace(/\/[^/]*$/, '') })).status, 200);
    await cloud.drain();
    assert.equal(await messageCount(), before);
    assert.equal((await quarantined(cloud)).filter(({ raw }) => String(raw).includes('Not yours')).length, 1);
  });

  test('F15: an echo that names a message of another account is a message of its own', async () => {
    const [messenger, instagram] = [accountOf(nile, 'messenger'), accountOf(nile, 'instagram')];
    await customer(cloud, messenger, '7150000000000001');
    const to = { channel: 'messenger', to: '7150000000000001' } as const;
    const { id } = await sendText(cloud, nile, { ...to, message: 'Of the page' });
    await whenMessage(cloud, nile, { id }, 'DELIVERED');
    // its sender may still have the answer to write
    await cloud.drain();
    const before = await rowOf(cloud, nile, { id });
    const message = { mid: freshMid(), text: 'Of the page', is_echo: true, metadata: `${id}.1` };
    assert.equal((await post(metaWebhook(instagram, '7150000000000002', { message }, { echo: true }))).status, 200);
    await cloud.drain();
    const own = await rows(cloud, nile, `messages?channel_account_id=eq.${instagram.id}`);
    assert.deepEqual(
      own.map((row) => [row['message'], row['provider_message_id']]),
      [['Of the page', message.mid]],
    );
    assert.deepEqual(await rowOf(cloud, nile, { id }), before);
  });

  test('F16: what is not signed over these very bytes is refused and leaves nothing', async () => {
    await cloud.drain();
    const before = (await storedItems(cloud)).length;
    for (const [name, forged] of Object.entries(forgeries())) {
      const answer = await post(forged);
      assert.equal(answer.status, 401, name);
      assert.equal(((await answer.json()) as { code: string }).code, 'not_signed', name);
    }
    await cloud.drain();
    assert.equal((await storedItems(cloud)).length, before);
  });

  test('F16: escaped or not, what is signed as it is sent is taken', async () => {
    const escaped = cloudInbound(nileCloud, '201516000001', 'Café ☕ مرحبا');
    const plain = JSON.stringify(JSON.parse(cloudInbound(nileCloud, '201516000002', 'Café ☕ مرحبا').body));
    assert.equal((await post(escaped)).status, 200);
    assert.equal((await post({ ...escaped, body: plain, headers: metaSignature(plain) })).status, 200);
    await eventually('both', async () => (await rows(cloud, nile, 'messages?message=eq.Café ☕ مرحبا')).length === 2);
  });
});

function forgeries(): Record<string, SignedWebhook> {
  const meta = cloudInbound(nileCloud, '201516000003', 'Café forged');
  const bot = telegramInbound(accountOf(nile, 'telegram'), 751600003, 'Forged');
  const lite = liteInbound(accountOf(nile, 'whatsapp_lite'), '+201516000003', 'Forged');
  const path = lite.url.replace(/\/[^/]*$/, '');
  const unescaped = JSON.stringify(JSON.parse(meta.body));
  return {
    'cloud: no signature': { ...meta, headers: {} },
    'cloud: empty signature': { ...meta, headers: { 'X-Hub-Signature-256': '' } },
    'cloud: no prefix': { ...meta, headers: { 'X-Hub-Signature-256': hmac(nileCloud.app_secret, meta.body) } },
    'cloud: another secret': { ...meta, headers: metaSignature(meta.body, 'another secret') },
    'cloud: an empty secret': { ...meta, headers: metaSignature(meta.body, '') },
    'cloud: only the old SHA-1': { ...meta, headers: { 'X-Hub-Signature': `sha1=${sha1(meta.body)}` } },
    'cloud: one byte more': { ...meta, body: `${meta.body} ` },
    'cloud: escapes written out': { ...meta, body: unescaped },
    'cloud: signed unescaped, sent escaped': { ...meta, headers: metaSignature(unescaped) },
    'cloud: re-serialised': { ...meta, body: JSON.stringify(JSON.parse(meta.body), null, 1) },
    'telegram: no token': { ...bot, headers: {} },
    'telegram: wrong token': { ...bot, headers: { 'X-Telegram-Bot-Api-Secret-Token': 'wrong' } },
    'lite: no secret': { ...lite, headers: {} },
    'lite: no secret, by address': { ...lite, url: path, headers: {} },
    'lite: wrong secret': { ...lite, headers: secretOf('wrong') },
    'lite: wrong secret, by address': { ...lite, url: path, headers: secretOf('wrong') },
    'lite: right secret beside a wrong signature': {
      ...lite,
      headers: { ...lite.headers, 'X-Parley-Signature': `sha256=${hmac('wrong', lite.body)}` },
    },
    'lite: signature of other bytes': {
      ...lite,
      headers: {
        'X-Parley-Signature': `sha256=${hmac(accountOf(nile, 'whatsapp_lite').webhook_secret, `${lite.body} `)}`,
      },
    },
    'lite: an account nobody has': { ...lite, url: `${path}/acc_00000000-0000-7000-8000-000000000000` },
  };
}

function metaSignature(body: string, secret = nileCloud.app_secret): Record<string, string> {
  return { 'X-Hub-Signature-256': `sha256=${hmac(secret, body)}` };
}

function secretOf(secret: string): Record<string, string> {
  return { 'X-Webhook-Secret': secret };
}

function sha1(body: string): string {
  return createHmac('sha1', nileCloud.app_secret).update(body).digest('hex');
}

async function textsOf(organization: Organization): Promise<unknown[]> {
  const found = await eventually('a message', async () => {
    const messages = await rows(cloud, organization, 'messages');
    return messages.length > 0 && messages;
  });
  return found.map((row) => row['message']);
}

async function messageCount(): Promise<number> {
  return (await storedItems(cloud)).filter(({ sk }) => sk.startsWith('message#')).length;
}
