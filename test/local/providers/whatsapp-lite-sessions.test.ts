import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import type { PairingState, Probe } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/whatsapp_lite/index.ts';
import { startProvider } from '../../channels/provider.ts';
import { at } from './rig.ts';
import { kinds, mona, startLiteRig, type Kind } from './whatsapp-lite-rig.ts';

const rig = await startLiteRig();
after(() => rig.close());
beforeEach(() => rig.reset());

async function show(kind: Kind): Promise<PairingState> {
  const pairing = await channel.pairing?.();
  assert.ok(pairing);
  return pairing.show(rig.connected(kind));
}

/** The code that is shown, once it is. */
async function shown(kind: Kind): Promise<{ qr: string; expiresAt: number }> {
  for (let tries = 0; tries < 3; tries += 1) {
    const state = await show(kind);
    assert.ok(state.ok, JSON.stringify(state));
    if (state.state === 'scan_qr') return state;
  }
  throw new Error('no code was shown');
}

function classOf(probe: Probe | undefined) {
  return probe?.ok === false && [probe.error.class, probe.error.code];
}

for (const kind of kinds) {
  test(`${kind}: pairing shows a code, keeps it while it is good, and is done when the phone has scanned it`, async () => {
    assert.deepEqual(await show(kind), { ok: true, state: 'connected' });
    const pairing = await channel.pairing?.();
    assert.deepEqual(await pairing?.logout(rig.connected(kind)), { ok: true });
    const first = await shown(kind);
    assert.ok(first.expiresAt > Date.now() && first.expiresAt <= Date.now() + 20_000);
    assert.equal((await shown(kind)).qr, first.qr);
    rig.clock.now += 61_000;
    const second = await shown(kind);
    assert.notEqual(second.qr, first.qr);
    assert.equal((await shown(kind)).qr, second.qr);
    await rig.control(kind, 'pair');
    assert.deepEqual(await show(kind), { ok: true, state: 'connected' });
    const states = (await rig.events()).flatMap((event) =>
      event.kind === 'account' && event.news.about === 'session' ? event.news.state : [],
    );
    assert.equal(states.at(-1), 'connected');
    assert.ok(states.includes('scan_qr'));
  });

  test(`${kind}: codes that nobody scans run out; asked again there are new ones`, async () => {
    const pairing = await channel.pairing?.();
    await pairing?.logout(rig.connected(kind));
    const first = await shown(kind);
    rig.clock.now += 161_000;
    const again = await shown(kind);
    assert.notEqual(again.qr, first.qr);
  });

  test(`${kind}: a session that is not linked refuses sends for good, one on its way up for a moment`, async () => {
    await rig.control(kind, 'drop');
    const starting = await channel.send(
      { reference: 'r', to: mona, body: { type: 'text', text: 'x' } },
      rig.connected(kind),
    );
    assert.deepEqual(starting.outcome === 'refused' && [starting.error.code, starting.retryable], [
      'session_starting',
      true,
    ]);
    await rig.control(kind, 'restore');
    await rig.control(kind, 'stop');
    const stopped = await channel.send(
      { reference: 'r', to: mona, body: { type: 'text', text: 'x' } },
      rig.connected(kind),
    );
    assert.deepEqual(stopped.outcome === 'refused' && [stopped.error.code, stopped.error.class, stopped.retryable], [
      'session_disconnected',
      'auth',
      false,
    ]);
  });

  test(`${kind}: what came while the session was away is told when it is back, with its own time`, async () => {
    await rig.control(kind, 'drop');
    assert.deepEqual((await rig.customer(kind, { text: 'هل أنتم هناك؟' })).events, []);
    const written = rig.clock.now;
    rig.clock.now += 3_600_000;
    rig.received.length = 0;
    await rig.control(kind, 'restore');
    const message = (await rig.events()).find((event) => event.kind === 'message');
    assert.equal(message?.providerAt, Math.floor(written / 1000) * 1000);
  });

  test(`${kind}: F37: a deaf session says that it works; nothing comes of what is sent`, async () => {
    await rig.control(kind, 'deafen');
    const probe = await channel.probe?.(rig.connected(kind));
    assert.ok(probe?.ok);
    assert.equal(probe.session, 'connected');
    assert.deepEqual((await rig.customer(kind, { text: 'صمت' })).events, []);
    await rig.control(kind, 'hear');
    assert.equal((await rig.events()).filter((event) => event.kind === 'message').length, 1);
  });

  test(`${kind}: a probe tells the session, and whose number it is`, async () => {
    const probe = await channel.probe?.(rig.connected(kind));
    assert.ok(probe?.ok);
    assert.deepEqual(
      [probe.session, probe.externalId, probe.name],
      ['connected', rig.accounts[kind].external_id, rig.accounts[kind].name],
    );
    assert.ok(probe.facts?.['status']);
    const pairing = await channel.pairing?.();
    await pairing?.logout(rig.connected(kind));
    const away = await channel.probe?.(rig.connected(kind));
    assert.ok(away?.ok);
    assert.notEqual(away.session, 'connected');
  });

  test(`${kind}: a probe says whose fault it is`, async () => {
    const wrong = await channel.probe?.(rig.connected(kind, { api_key: 'other' }));
    const unknown = await channel.probe?.(rig.connected(kind, { session: 'nobody', instance: 'nobody' }));
    const down = await channel.probe?.({ ...rig.connected(kind), baseUrl: 'http://127.0.0.1:1' });
    assert.deepEqual(
      [classOf(wrong), classOf(unknown), classOf(down)],
      [
        ['auth', 'key_invalid'],
        ['auth', 'not_found'],
        ['provider_down', 'provider_unreachable'],
      ],
    );
  });

  test(`${kind}: a session that does not exist is made, with its webhook, and paired`, async () => {
    const name = `new-${kind}`;
    const secret = 'fresh-secret';
    const account = rig.connected(kind, { session: name, instance: name, webhook_secret: secret });
    const pairing = await channel.pairing?.();
    assert.ok(pairing);
    let state = await pairing.show(account);
    if (state.ok && state.state !== 'scan_qr') state = await pairing.show(account);
    assert.ok(state.ok && state.state === 'scan_qr');
    const url = rig.gateway.webhook_url.replace('/gateway', '/new');
    assert.deepEqual(await channel.subscribe?.(account, url), { ok: true });
    const known = (await rig.call('GET', '/whatsapp_lite/accounts')).body as { name: string; external_id: string }[];
    const made = known.find((one) => one.name === name);
    assert.ok(made);
    await rig.call('POST', `/whatsapp_lite/accounts/${encodeURIComponent(made.external_id)}/pair`, {});
    const probe = await channel.probe?.(account);
    assert.deepEqual(probe?.ok && [probe.session, probe.externalId], ['connected', made.external_id]);
    rig.received.length = 0;
    await rig.call('POST', '/whatsapp_lite/phones/mona/messages', { account: made.external_id, text: 'أول رسالة' });
    const hook = rig.received.find((one) => one.url === '/new');
    assert.equal(hook?.headers['x-webhook-secret'], secret);
    assert.deepEqual(await channel.unsubscribe?.(account), { ok: true });
    rig.received.length = 0;
    await rig.call('POST', '/whatsapp_lite/phones/mona/messages', { account: made.external_id, text: 'لا أحد' });
    assert.equal(rig.received.length, 0);
  });
}

test('gateway: subscribing again changes nothing; another’s webhook and settings stay', async () => {
  const path = '/whatsapp_lite/api/sessions/default';
  const key = { 'x-api-key': 'gateway-key' };
  const other = { url: 'https://other.example/hook', events: ['message'] };
  const before = rig.gateway.webhook_url;
  await rig.call('PUT', path, { config: { metadata: { shop: 'nile' }, webhooks: [other] } }, key);
  const requests = async () => ((await rig.call('GET', '/whatsapp_lite/requests')).body as unknown[]).length;
  assert.deepEqual(await channel.subscribe?.(rig.connected('gateway'), before), { ok: true });
  const config = async () => at((await rig.call('GET', path, undefined, key)).body, 'config');
  assert.deepEqual(at(await config(), 'metadata'), { shop: 'nile' });
  const urls = async () => (at(await config(), 'webhooks') as { url: string }[]).map(({ url }) => url);
  assert.deepEqual(await urls(), [other.url, before]);
  const asked = await requests();
  assert.deepEqual(await channel.subscribe?.(rig.connected('gateway'), before), { ok: true });
  assert.equal(await requests(), asked + 1);
  assert.deepEqual(await channel.unsubscribe?.(rig.connected('gateway')), { ok: true });
  assert.deepEqual(await urls(), [other.url]);
  await rig.call(
    'PUT',
    path,
    { config: { webhooks: [{ url: before, events: ['message'], hmac: { key: 'gateway-secret' } }] } },
    key,
  );
});

test('gateway: an older one that does not know every event is told those it knows', async () => {
  const older = await startProvider(({ method, body }) => {
    if (method === 'GET') return { status: 404 };
    return { status: JSON.stringify(body).includes('message.edited') ? 400 : 201 };
  });
  const account = { ...rig.connected('gateway'), baseUrl: older.url };
  assert.deepEqual(await channel.subscribe?.(account, 'https://parley.example/hook'), { ok: true });
  await older.close();
  const events = older.requests.map(({ body }) => at(body, 'config.webhooks.0.events'));
  assert.deepEqual(events, [
    undefined,
    [
      'message.any',
      'message.reaction',
      'message.ack',
      'message.revoked',
      'session.status',
      'message.edited',
      'group.v2.join',
      'group.v2.update',
    ],
    ['message.any', 'message.reaction', 'message.ack', 'message.revoked', 'session.status'],
  ]);
});

test('Notify has no codes, and nothing to change; that somebody types or has read is not shown', async () => {
  const credentials = { kind: 'notify', suit_id: 's', api_key: 'k', webhook_secret: 'w' } as const;
  const account = { ...rig.connected('gateway'), credentials };
  const pairing = await channel.pairing?.();
  assert.equal((await pairing?.show(account))?.ok, false);
  assert.equal((await pairing?.logout(account))?.ok, false);
  const results = await Promise.all(
    (['typing', 'read', 'delete'] as const).map(async (kind) =>
      channel.act?.({ kind, to: mona, providerMessageId: 'x' }, account),
    ),
  );
  assert.deepEqual(
    results.map((done) => done?.ok),
    [true, true, false],
  );
  assert.equal((await channel.probe?.(account))?.ok, true);
  assert.deepEqual(await channel.subscribe?.(account, 'https://x.example'), { ok: true });
  assert.deepEqual(await channel.unsubscribe?.(account), { ok: true });
});
