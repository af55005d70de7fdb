import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { Media } from '../../../layers/core/src/domain/body.ts';
import type { FileBytes } from '../../../layers/core/src/channels/contract.ts';
import { codesOf, monaAt, page, professional, startMetaRig } from './meta-rig.ts';
import { at, until } from './rig.ts';

const DAY_MS = 86_400_000;

let now = Date.now();
const messenger = await startMetaRig(page, () => now);
const own = await startMetaRig(professional, () => now);
const linked = await startMetaRig({ ...professional, login: 'facebook', page_id: '104523456789012' }, () => now);
after(() => Promise.all([messenger.close(), own.close(), linked.close()]));

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const media: Media = { status: 'ready', key: 'org/a.png', mime: 'image/png', filename: 'صورة ١.png' };

async function readFile(): Promise<FileBytes> {
  return { ok: true, bytes: new Uint8Array(png), mime: 'image/png' };
}

const gone: FileBytes = { ok: false, permanent: true, reason: 'gone' };
const slow: FileBytes = { ok: false, permanent: false, reason: 'slow' };
const text: FileBytes = { ok: true, bytes: new Uint8Array([65]), mime: 'text/plain' };

for (const [name, rig] of [
  ['Messenger', messenger],
  ['Instagram through a page', linked],
] as const) {
  test(`${name}: a file that only lies in our bucket is uploaded, sent by its id, and comes back as a file`, async () => {
    await rig.write({ text: 'hello' });
    rig.received.length = 0;
    const receipt = await rig.sendBody({ type: 'image', media }, { readFile });
    assert.equal(receipt.outcome, 'accepted', JSON.stringify(receipt));
    await until(async () => at((await rig.thread()).at(-1), 'from') === 'business');
    const shown = (await rig.thread()).at(-1);
    assert.equal(at(shown, 'body.type'), 'image');
    const file = await fetch(String(at(shown, 'body.url')));
    assert.deepEqual(Buffer.from(await file.arrayBuffer()), png);
    await rig.webhooks(1);
    const echo = (await rig.events()).find((event) => at(event, 'kind') === 'message');
    assert.equal(at(echo, 'body.type'), 'image');
  });

  test(`${name}: what can't be read or is not taken is not sent`, async () => {
    await rig.write({ text: 'hello' });
    const before = (await rig.thread()).length;
    const refusals = [
      await rig.sendBody({ type: 'image', media }, { readFile: async () => gone }),
      await rig.sendBody({ type: 'image', media }, { readFile: async () => slow }),
      await rig.sendBody({ type: 'image', media: { status: 'ready', key: 'a' } }, { readFile: async () => text }),
    ];
    assert.deepEqual(
      refusals.map((one) => one.outcome === 'refused' && [one.error.class, one.retryable]),
      [
        ['media_problem', false],
        ['provider_down', true],
        ['media_problem', false],
      ],
    );
    assert.equal((await rig.thread()).length, before);
  });

  test(`${name}: an upload whose answer is lost is tried again, for nothing was sent`, async () => {
    await rig.write({ text: 'hello' });
    await rig.call('POST', `/${rig.account.channel}/faults`, { path: 'message_attachments', lose_answer: true });
    const receipt = await rig.sendBody({ type: 'image', media }, { readFile });
    assert.equal(receipt.outcome === 'refused' && receipt.retryable, true);
  });
}

test('an upload is good for 90 days, for its own page, as what it is', async () => {
  const headers = { authorization: `Bearer ${page.access_token}` };
  const form = new FormData();
  form.set('message', JSON.stringify({ attachment: { type: 'image', payload: {} } }));
  form.set('filedata', new Blob([png], { type: 'image/png' }), 'a.png');
  const path = `/messenger/v26.0/${page.external_id}/message_attachments`;
  const { body } = await messenger.call('POST', path, form, headers);
  const id = at(body, 'attachment_id');
  await messenger.write({ text: 'hello' });
  const send = (type: string, attachment_id: unknown) =>
    messenger.send({
      recipient: { id: monaAt.messenger },
      messaging_type: 'RESPONSE',
      message: { attachment: { type, payload: { attachment_id } } },
    });
  assert.equal((await send('image', id)).status, 200);
  assert.deepEqual(codesOf(await send('video', id)), [100, 2018074]);
  assert.deepEqual(codesOf(await send('image', '123')), [100, 2018074]);
  now += 91 * DAY_MS;
  await messenger.write({ text: 'hello again' });
  assert.deepEqual(codesOf(await send('image', id)), [100, 2018074]);
});

test('Instagram: an account that is connected by itself has no uploads, and sends by a link that is made for it', async () => {
  await own.write({ text: 'hello' });
  const headers = { authorization: `Bearer ${professional.access_token}` };
  const path = `/instagram/v26.0/${professional.external_id}/message_attachments`;
  assert.equal(at((await own.call('POST', path, {}, headers)).body, 'error.code'), 2500);
  const url = await own.writeFile('image');
  const receipt = await own.sendBody({ type: 'image', media }, { linkTo: () => url });
  assert.equal(receipt.outcome, 'accepted', JSON.stringify(receipt));
  assert.equal((await own.sendBody({ type: 'image', media })).outcome, 'refused');
});

test('Instagram: an upload has to say that it is for Instagram, and has a plain name', async () => {
  const headers = { authorization: `Bearer ${professional.access_token}` };
  const path = '/instagram/v26.0/104523456789012/message_attachments';
  const upload = (platform: string, name: string) => {
    const form = new FormData();
    form.set('platform', platform);
    form.set('message', JSON.stringify({ attachment: { type: 'image', payload: {} } }));
    form.set('filedata', new Blob([png], { type: 'image/png' }), name);
    return linked.call('POST', path, form, headers);
  };
  assert.equal((await upload('instagram', 'a.png')).status, 200);
  assert.deepEqual(codesOf(await upload('messenger', 'a.png')), [100, undefined]);
  assert.deepEqual(codesOf(await upload('instagram', 'صورة.png')), [100, undefined]);
});
