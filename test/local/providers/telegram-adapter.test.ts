import assert from 'node:assert/strict';
import test from 'node:test';
import type { FileBytes, Outgoing, Receipt } from '../../../layers/core/src/channels/contract.ts';
import { channel } from '../../../layers/core/src/channels/telegram/index.ts';
import type { Body } from '../../../layers/core/src/domain/body.ts';
import type { ConnectedAccount } from '../../../layers/core/src/domain/channel-account.ts';
import type { Counterparty } from '../../../layers/core/src/domain/contact.ts';
import { accountOf } from '../../channels/cases/cases.ts';
import { at } from './rig.ts';
import { startBotRig } from './telegram-rig.ts';

const rig = await startBotRig();
const { bot, write, thread } = rig;
const credentials = { bot_token: bot.token, secret_token: bot.secret_token };
const account = accountOf({ externalId: bot.external_id, credentials }, `${rig.url}/telegram`) as ConnectedAccount<
  typeof credentials
>;
const mona: Counterparty = { identities: [{ kind: 'telegram_chat', value: '700000001' }] };
const omar: Counterparty = { identities: [{ kind: 'telegram_chat', value: '700000002' }] };
const text: Body = { type: 'text', text: 'hello' };
const png = Buffer.from('89504e470d0a1a0a', 'hex');

/** Sends what the limits let pass, as a caller's send would be checked. */
async function send(body: Body, more: Partial<Outgoing> = {}): Promise<Receipt> {
  assert.equal(await channel.check(body, more.options), undefined);
  return channel.send({ reference: 'r', to: mona, body, ...more }, account);
}

async function sent(body: Body, more: Partial<Outgoing> = {}): Promise<string> {
  const receipt = await send(body, more);
  assert.ok(receipt.outcome === 'accepted' && receipt.providerMessageId, JSON.stringify(receipt));
  return receipt.providerMessageId;
}

function link(name: string): string {
  return `https://example.com/${name}`;
}

async function events(): Promise<unknown[]> {
  const read = await Promise.all(rig.received.map(async ({ body }) => channel.normalise(body)));
  return read.flat().map((one) => at(one, 'event'));
}

function file(bytes: Buffer, mime: string): () => Promise<FileBytes> {
  return () => Promise.resolve({ ok: true, bytes: new Uint8Array(bytes), mime });
}

test('every option of a send is taken', async () => {
  const photo: Body = { type: 'image', media: { status: 'ready', link: link('a.jpg') }, text: 'two' };
  const rows = [
    [
      { text: 'Number', request_contact: true },
      { text: 'Place', request_location: true },
    ],
  ];
  const sends: [Body, Record<string, unknown>, string][] = [
    [text, { disable_notification: true, protect_content: true, disable_link_preview: true }, 'text'],
    [text, { keyboard: { rows, one_time: true, persistent: false, placeholder: 'Tap' } }, 'interactive'],
    [text, { keyboard: 'remove' }, 'text'],
    [text, { poll: { options: ['Yes', 'No'], type: 'quiz', correct_option_ids: [1], explanation: 'So' } }, 'poll'],
    [photo, { has_spoiler: true, show_caption_above_media: true }, 'image'],
    [photo, { album: [{ media_url: link('b.jpg') }, { media_url: link('c.mp4'), media_type: 'video' }] }, 'video'],
    [{ type: 'interactive', text: 'Where?', interactive: { kind: 'location_request' } }, {}, 'interactive'],
  ];
  for (const [body, options, shown] of sends) {
    await sent(body, { options });
    assert.equal(at((await thread()).at(-1), 'body.type'), shown);
  }
  assert.equal(at((await thread()).at(-4), 'text'), 'two', 'the words of an album go with its first');
});

test('bytes go where no link would do', async () => {
  const key = { status: 'ready', key: 'k' } as const;
  await sent({ type: 'image', media: key, text: 'see' }, { readFile: file(png, 'image/png') });
  const shown = (await thread()).at(-1);
  assert.deepEqual([at(shown, 'body.type'), at(shown, 'text'), at(shown, 'body.mime')], ['image', 'see', 'image/png']);
  const media = { ...key, filename: 'عقد.docx', mime: 'application/msword' };
  await sent({ type: 'document', media }, { readFile: file(Buffer.from('words'), 'x/y') });
  assert.equal(at((await thread()).at(-1), 'body.filename'), 'عقد.docx');
  const dead: Body = { type: 'image', media: { status: 'ready', link: 'http://127.0.0.1:1/a.png' } };
  await sent(dead, { readFile: file(png, 'image/png') });
  const refused = await send(dead);
  assert.equal(refused.outcome === 'refused' && refused.error.class, 'media_problem');
});

test('a message is passed on, changed, and taken back', async () => {
  const providerMessageId = await sent(text);
  await sent(text, { to: omar, forwardOf: { providerMessageId, from: mona } });
  assert.equal(at((await thread('omar')).at(-1), 'remark'), '↪ Nile bot');
  const edit = { kind: 'edit', to: mona, providerMessageId, body: { type: 'text', text: 'new' } } as const;
  assert.deepEqual(await channel.act?.(edit, account), { ok: true });
  assert.deepEqual(await channel.act?.(edit, account), { ok: true }, 'what it says already is no failure');
  assert.equal(at((await thread()).at(-1), 'text'), 'new');
  assert.deepEqual(await channel.act?.({ kind: 'typing', to: mona }, account), { ok: true });
  assert.deepEqual(await channel.act?.({ kind: 'delete', to: mona, providerMessageId }, account), { ok: true });
  const gone = await channel.act?.({ kind: 'delete', to: mona, providerMessageId }, account);
  assert.equal(gone?.ok === false && gone.error.code, 'message_not_found');
});

test('a business account: written to, read, answered, changed and taken back through its connection', async () => {
  await rig.call('POST', `/telegram/accounts/${bot.external_id}/business`, { id: 'bc_1' });
  await write({ body: { type: 'raw', message: { business_connection_id: 'bc_1', text: 'open?' } } }, 'omar');
  const [, asked] = await events();
  const to = at(asked, 'counterparty') as Counterparty;
  const providerMessageId = String(at(asked, 'providerMessageId'));
  assert.deepEqual(to.identities, [{ kind: 'telegram_chat', value: '700000002@bc_1' }]);
  assert.deepEqual(await channel.act?.({ kind: 'read', to, providerMessageId }, account), { ok: true });
  const own = await sent(text, { to, replyTo: { providerMessageId } });
  const changed = { kind: 'edit', to, providerMessageId: own, body: { type: 'text', text: 'new' } } as const;
  assert.deepEqual(await channel.act?.(changed, account), { ok: true });
  assert.deepEqual(await channel.act?.({ kind: 'typing', to }, account), { ok: true });
  assert.deepEqual(await channel.act?.({ kind: 'delete', to, providerMessageId: own }, account), { ok: true });
  rig.received.length = 0;
  await write({ body: { type: 'unsend', message_id: providerMessageId.split(':')[1] } }, 'omar');
  const [deleted] = await events();
  assert.deepEqual([at(deleted, 'kind'), at(deleted, 'body')], ['revision', null]);
  assert.equal(at(deleted, 'providerMessageId'), providerMessageId);
});

test('a group, its topic, and where it moves to', async () => {
  const phone = String(
    at((await rig.call('POST', '/telegram/phones', { name: 'Friends', address: '-4001' })).body, 'id'),
  );
  await write({ text: 'hello' }, phone);
  const [hello] = await events();
  assert.equal(at(hello, 'author'), 'Member');
  const to = at(hello, 'counterparty') as Counterparty;
  const moved = await rig.call('POST', `/telegram/accounts/${bot.external_id}/migrate`, {
    phone,
    to: '-1001000000004',
  });
  assert.match(await sent(text, { to }), /^-1001000000004:/);
  const now = String(at(moved.body, 'phone'));
  const topic = await rig.call('POST', `/telegram/accounts/${bot.external_id}/topic`, { phone: now, name: 'Shipping' });
  const [, change, , opened] = await events();
  assert.deepEqual(at(change, 'to'), { kind: 'group', value: '-1001000000004' });
  const thread = at(opened, 'counterparty') as Counterparty;
  assert.equal(thread.name, 'Friends › Shipping');
  await sent(text, { to: thread });
  const missing = { identities: [{ kind: 'group', value: '-1001000000004/9999' }] } as Counterparty;
  const refused = await send(text, { to: missing });
  assert.equal(refused.outcome === 'refused' && refused.error.code, 'topic_not_found');
  assert.equal(at(topic.body, 'webhook_status'), 200);
});

test('the webhook is set, heard by, looked at and taken away', async () => {
  await channel.unsubscribe?.(account);
  assert.equal(at((await write({ text: 'unheard' })).body, 'webhook_status'), null);
  assert.deepEqual(await channel.subscribe?.(account, bot.webhook_url), { ok: true });
  const written = await write({ text: 'heard' });
  await write({ body: { type: 'reaction', message_id: at(written.body, 'id'), emoji: '🔥' } });
  assert.deepEqual(
    (await events()).map((event) => at(event, 'body.type')),
    ['text', 'reaction'],
  );
  const probe = await channel.probe?.(account);
  assert.ok(probe?.ok);
  assert.deepEqual(
    [probe.externalId, probe.name, probe.facts?.['webhook']],
    [bot.external_id, bot.name, bot.webhook_url],
  );
  assert.deepEqual(await channel.profile?.(mona, account), { name: 'Mona Hassan' });
  const wrong = { ...account, credentials: { ...account.credentials, bot_token: '1:no' } };
  const refused = await channel.probe?.(wrong);
  assert.equal(refused?.ok === false && refused.error.class, 'auth');
  const insecure = await channel.subscribe?.(account, 'http://example.com/hook');
  assert.equal(insecure?.ok, false);
});
