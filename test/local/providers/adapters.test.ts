import assert from 'node:assert/strict';
import test from 'node:test';
import type { Outgoing } from '../../../layers/core/src/channels/contract.ts';
import { loadChannel } from '../../../layers/core/src/channels/registry.ts';
import type { ConnectedAccount } from '../../../layers/core/src/domain/channel-account.ts';
import type { Body } from '../../../layers/core/src/domain/body.ts';
import type { Identity } from '../../../layers/core/src/domain/contact.ts';
import { accountOf } from '../../channels/cases/cases.ts';
import { readWebhooks } from './own-code.ts';
import { at, ownRig, startRig, until } from './rig.ts';

const rig = ownRig(await startRig());

const { cloud, bot, notify, gateway } = rig;
const phone: Identity = { kind: 'phone', value: '+201000000001' };

interface Adapter {
  what: string;
  channel: string;
  externalId: string;
  credentials: Record<string, string>;
  secrets: Record<string, string>;
  to: Identity;
  reports: boolean;
}

const adapters: Adapter[] = [
  {
    what: 'WhatsApp Cloud',
    channel: 'whatsapp_cloud',
    externalId: cloud.external_id,
    credentials: { access_token: cloud.access_token },
    secrets: { app_secret: cloud.app_secret },
    to: phone,
    reports: true,
  },
  {
    what: 'Telegram',
    channel: 'telegram',
    externalId: bot.external_id,
    credentials: { bot_token: bot.token, secret_token: bot.secret_token },
    secrets: { secret_token: bot.secret_token },
    to: { kind: 'telegram_chat', value: '700000001' },
    reports: false,
  },
  {
    what: 'Notify',
    channel: 'whatsapp_lite',
    externalId: notify.external_id,
    credentials: {
      kind: 'notify',
      suit_id: notify.suit_id,
      api_key: notify.api_key,
      webhook_secret: notify.webhook_secret,
    },
    secrets: { webhook_secret: notify.webhook_secret },
    to: phone,
    reports: true,
  },
  {
    what: 'a gateway',
    channel: 'whatsapp_lite',
    externalId: gateway.external_id,
    credentials: {
      kind: 'gateway',
      session: gateway.session,
      api_key: gateway.api_key,
      webhook_secret: gateway.webhook_secret,
    },
    secrets: { webhook_secret: gateway.webhook_secret },
    to: phone,
    reports: true,
  },
];

function connected(adapter: Adapter): ConnectedAccount {
  return accountOf(adapter, `${rig.url}/${adapter.channel}`, adapter.channel);
}

async function write(adapter: Adapter, body: object): Promise<unknown> {
  const answer = await rig.call('POST', `/${adapter.channel}/phones/mona/messages`, {
    account: adapter.externalId,
    ...body,
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return at(answer.body, 'id');
}

/** Verifies and reads every webhook that came. */
async function events(adapter: Adapter): Promise<unknown[]> {
  const read = await readWebhooks(await loadChannel(adapter.channel), rig.received, adapter.secrets);
  return read.map(({ event }) => event);
}

const bodies: Body[] = [
  { type: 'text', text: 'hello https://example.com' },
  { type: 'image', media: { status: 'pending', link: 'https://example.com/a.jpg', mime: 'image/jpeg' }, text: 'look' },
  {
    type: 'document',
    media: { status: 'pending', link: 'https://example.com/a.pdf', mime: 'application/pdf', filename: 'a.pdf' },
  },
  { type: 'video', media: { status: 'pending', link: 'https://example.com/a.mp4', mime: 'video/mp4' } },
  { type: 'audio', media: { status: 'pending', link: 'https://example.com/a.ogg', mime: 'audio/ogg', voice: true } },
  { type: 'location', latitude: 30.04, longitude: 31.23, name: 'Cairo', address: 'Tahrir' },
  { type: 'contacts', contacts: [{ name: 'Ana D', phones: ['+5511999999999'] }] },
  { type: 'interactive', text: 'Pick', interactive: { kind: 'buttons', buttons: [{ id: 'a', title: 'A' }] } },
];

for (const adapter of adapters) {
  test(`what our adapter for ${adapter.what} sends is taken, and what comes back is understood`, async () => {
    const channel = await loadChannel(adapter.channel);
    const account = connected(adapter);
    await write(adapter, { text: 'hello' });
    for (const body of bodies) {
      if ((await channel.check(body)) !== undefined) continue;
      const outgoing: Outgoing = { reference: 'ref_1', to: { identities: [adapter.to] }, body };
      const receipt = await channel.send(outgoing, account);
      if (receipt.outcome === 'refused' && receipt.error.code === 'not_sendable') continue;
      assert.equal(receipt.outcome, 'accepted', `${body.type} ${JSON.stringify(receipt)}`);
    }
    if (!adapter.reports) return;
    await until(async () => (await events(adapter)).some((event) => at(event, 'status') === 'DELIVERED'));
  });

  test(`what a customer does on ${adapter.what} is understood`, async () => {
    const target = await write(adapter, { text: 'مرحبا' });
    for (const type of ['image', 'video', 'audio', 'document', 'sticker']) await write(adapter, { body: { type } });
    await write(adapter, { body: { type: 'location', latitude: 1, longitude: 2 } });
    await write(adapter, { body: { type: 'contacts', contacts: [{ name: 'Ana D', phones: ['+5511999999999'] }] } });
    await write(adapter, { body: { type: 'reaction', message_id: target, emoji: '👍' } });
    await write(adapter, { text: 'reply', reply_to: target });
    const all = await events(adapter);
    const seen = all.filter((event) => at(event, 'direction') === 'INBOUND');
    const kinds = [
      'text',
      'image',
      'video',
      'audio',
      'document',
      'sticker',
      'location',
      'contacts',
      'reaction',
      'text',
    ];
    assert.deepEqual(
      seen.map((event) => at(event, 'body.type')),
      kinds,
    );
    assert.equal(at(seen[0], 'body.text'), 'مرحبا');
    assert.equal(at(seen[0], 'counterparty.name'), 'Mona Hassan');
  });

  test(`a photo from a customer on ${adapter.what} can be fetched`, async () => {
    await write(adapter, { body: { type: 'image' } });
    const event = (await events(adapter)).find((one) => at(one, 'body.type') === 'image');
    const media = at(event, 'body.media') as { providerMediaId?: string; link?: string };
    const place = await (await loadChannel(adapter.channel)).locateMedia(media, connected(adapter));
    assert.ok(place.ok, JSON.stringify(place));
    const response = await fetch(place.url, { headers: place.headers });
    assert.equal(response.status, 200);
    assert.ok((await response.arrayBuffer()).byteLength > 0);
  });
}
