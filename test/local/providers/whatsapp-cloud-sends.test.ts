import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import type { Action, FileBytes } from '../../../layers/core/src/channels/contract.ts';
import { channel } from '../../../layers/core/src/channels/whatsapp_cloud/index.ts';
import type { Body, Media } from '../../../layers/core/src/domain/body.ts';
import { at, until } from './rig.ts';
import { startCloudRig } from './whatsapp-cloud-rig.ts';

let clock = Date.UTC(2026, 10, 22);
const rig = await startCloudRig({ now: () => clock });
after(() => rig.close());
beforeEach(async () => {
  clock += 10 * 60_000;
  await rig.writes();
  rig.received.length = 0;
});

const link = 'https://example.com/a.png';
const to = { identities: [{ kind: 'phone', value: '+201000000001' }] } as const;
const png = Buffer.from('\x89PNG\r\n\x1a\n rest', 'latin1');

function stored(mime: string, filename: string): Media {
  return { status: 'ready', key: `org/${filename}`, mime, filename };
}

function reads(bytes: Buffer, mime: string): () => Promise<FileBytes> {
  return async () => ({ ok: true, bytes: new Uint8Array(bytes), mime });
}

async function refusedCode(body: Body): Promise<unknown> {
  const receipt = await rig.sendBody(body);
  assert.equal(receipt.outcome, 'refused', JSON.stringify(receipt));
  return [receipt.error.class, receipt.error.code, receipt.error.providerCode];
}

/** The error codes of the failed statuses, once there is one. */
async function failures(): Promise<unknown[]> {
  await until(() => failedCodes().length > 0);
  return failedCodes();
}

function failedCodes(): unknown[] {
  return rig.received.flatMap(({ body }) => at(body, 'entry.0.changes.0.value.statuses.0.errors.0.code') ?? []);
}

const offers: Body[] = [
  {
    type: 'interactive',
    text: 'Pick',
    entities: [{ type: 'bold', offset: 0, length: 4 }],
    interactive: {
      kind: 'buttons',
      buttons: [{ id: 'a', title: 'A' }],
      file: { type: 'image', media: { status: 'ready', link } },
      footer: 'F',
    },
  },
  {
    type: 'interactive',
    text: 'Look',
    interactive: {
      kind: 'link_button',
      link: { title: 'Open', url: link },
      file: { type: 'document', media: { status: 'ready', link, filename: 'a.pdf' } },
    },
  },
  { type: 'interactive', text: 'Where are you?', interactive: { kind: 'location_request' } },
  {
    type: 'interactive',
    text: 'Our teas',
    interactive: {
      kind: 'carousel',
      cards: [
        { text: 'Green', image: link, buttons: [{ id: 'green', title: 'Green' }] },
        { text: '', image: link, buttons: [{ id: 'black', title: 'Black' }] },
      ],
    },
  },
  {
    type: 'interactive',
    text: 'Our teas',
    interactive: {
      kind: 'carousel',
      cards: [0, 1].map((card) => ({ text: `Tea ${card}`, image: link, link: { title: 'Buy', url: link } })),
    },
  },
  {
    type: 'template',
    template: {
      name: 'order_photo',
      language: 'en_US',
      parameters: ['Ana'],
      header: { type: 'image', media: { status: 'ready', link } },
      buttons: [
        { index: 0, payload: 'CALL' },
        { index: 1, url: '42' },
      ],
    },
  },
  {
    type: 'template',
    template: {
      name: 'reservation',
      language: 'en_US',
      parameters: { date: 'Friday', first_name: 'Ana' },
      header: { parameters: { first_name: 'Ana' } },
    },
  },
  {
    type: 'template',
    template: { name: 'spring_sale', language: 'en_US', parameters: ['20%'], buttons: [{ index: 0, code: '20OFF' }] },
  },
];

for (const body of offers) {
  const what = body.type === 'interactive' ? body.interactive.kind : body.type === 'template' && body.template.name;
  test(`${what} is taken, and shown on the phone`, async () => {
    assert.equal(await channel.check(body), undefined);
    const receipt = await rig.sendBody(body);
    assert.equal(receipt.outcome, 'accepted', JSON.stringify(receipt));
    await until(async () => (await rig.thread()).some((one) => at(one, 'id') === receipt.providerMessageId));
  });
}

test('a button of a template that is not there is refused', async () => {
  const template = { name: 'order_update', language: 'en_US', parameters: ['Ana', '#1'] };
  const body: Body = { type: 'template', template: { ...template, buttons: [{ index: 0, url: '42' }] } };
  assert.deepEqual(await refusedCode(body), ['template_problem', 'template_values', '132000']);
});

test('formatting goes as WhatsApp writes it', async () => {
  const receipt = await rig.sendBody({ type: 'text', text: 'Now', entities: [{ type: 'bold', offset: 0, length: 3 }] });
  assert.equal(receipt.outcome, 'accepted');
  await until(async () => at((await rig.thread()).at(-1), 'text') === '*Now*');
});

test('a file of our bucket goes as bytes, and by the id that Meta gave it', async () => {
  const body: Body = { type: 'image', media: stored('image/png', 'a.png'), text: 'look' };
  const receipt = await rig.sendBody(body, { readFile: reads(png, 'image/png') });
  assert.equal(receipt.outcome, 'accepted', JSON.stringify(receipt));
  await until(async () => at((await rig.thread()).at(-1), 'body.caption') === 'look');
  const shown = await fetch(String(at((await rig.thread()).at(-1), 'body.url')));
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), png);
  assert.deepEqual(at((await rig.asked('/messages')).at(-1)?.body, 'image.caption'), 'look');
  assert.match(String(at((await rig.asked('/messages')).at(-1)?.body, 'image.id')), /^\d{16}$/);
});

test('so do the files above buttons and above a template; of texts there is one type', async () => {
  const file = { type: 'image', media: stored('image/png', 'b.png') } as const;
  const readFile = reads(png, 'image/png');
  const bodies: Body[] = [
    { type: 'interactive', text: 'Pick', interactive: { kind: 'buttons', buttons: [{ id: 'a', title: 'A' }], file } },
    {
      type: 'template',
      template: {
        name: 'order_photo',
        language: 'en_US',
        parameters: ['Ana'],
        header: file,
        buttons: [{ index: 1, url: '42' }],
      },
    },
    { type: 'document', media: stored('text/csv', 'prices.csv') },
  ];
  for (const body of bodies) {
    assert.equal(await channel.check(body), undefined);
    const receipt = await rig.sendBody(body, { readFile });
    assert.equal(receipt.outcome, 'accepted', JSON.stringify(receipt));
  }
});

test('a file that can not be read, or that Meta does not take, is no message; one that is on its way may be tried again', async () => {
  const body: Body = { type: 'image', media: stored('image/png', 'c.png') };
  const before = (await rig.asked('/messages')).length;
  const gone = await rig.sendBody(body, { readFile: async () => ({ ok: false, permanent: true, reason: 'gone' }) });
  assert.deepEqual(gone.outcome === 'refused' && [gone.error.class, gone.retryable], ['media_problem', false]);
  const late = await rig.sendBody(body, { readFile: async () => ({ ok: false, permanent: false, reason: 'late' }) });
  assert.deepEqual(late.outcome === 'refused' && [late.error.class, late.retryable], ['provider_down', true]);
  await rig.call('POST', '/whatsapp_cloud/faults', { code: 131053, path: '/media' });
  const unfit = await rig.sendBody(body, { readFile: reads(png, 'image/png') });
  assert.deepEqual(unfit.outcome === 'refused' && [unfit.error.class, unfit.retryable], ['media_problem', false]);
  await rig.call('POST', '/whatsapp_cloud/faults', { lose_answer: true, path: '/media' });
  const lost = await rig.sendBody(body, { readFile: reads(png, 'image/png') });
  assert.deepEqual(lost.outcome === 'refused' && [lost.error.class, lost.retryable], ['provider_down', true]);
  assert.equal((await rig.asked('/messages')).length, before);
});

test('a preview of the first link is shown unless the caller says otherwise', async () => {
  const text: Body = { type: 'text', text: 'See https://example.com' };
  await rig.sendBody(text);
  await rig.sendBody(text, { options: { preview_url: false } });
  const sent = (await rig.asked('/messages')).slice(-2).map(({ body }) => at(body, 'text.preview_url'));
  assert.deepEqual(sent, [true, undefined]);
});

test('typing shows on the phone and marks read; both need a message of the customer', async () => {
  const id = await rig.writes();
  const did = async (action: Partial<Action> & Pick<Action, 'kind'>): Promise<unknown> =>
    channel.act?.({ to: { identities: [...to.identities] }, ...action } as Action, rig.account);
  assert.deepEqual(await did({ kind: 'typing', providerMessageId: id }), { ok: true });
  const [asked] = (await rig.asked('/messages')).slice(-1);
  assert.deepEqual(asked?.body, {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: id,
    typing_indicator: { type: 'text' },
  });
  assert.equal(at((await rig.thread()).at(-1), 'status'), 'read');
  const other = await rig.writes();
  assert.deepEqual(await did({ kind: 'read', providerMessageId: other }), { ok: true });
  assert.equal(at((await rig.thread()).at(-1), 'status'), 'read');
  const errorOf = async (action: Parameters<typeof did>[0]): Promise<unknown> => at(await did(action), 'error.code');
  assert.equal(await errorOf({ kind: 'read', providerMessageId: 'wamid.unknown' }), 'invalid_parameter');
  assert.equal(await errorOf({ kind: 'typing' }), 'not_possible');
  assert.equal(await errorOf({ kind: 'delete', providerMessageId: id }), 'not_possible');
});

test('45 messages at once are taken for one customer, then one in six seconds', async () => {
  const hi: Body = { type: 'text', text: 'hi' };
  for (let sent = 0; sent < 45; sent += 1) assert.equal((await rig.sendBody(hi)).outcome, 'accepted');
  const limited = await rig.sendBody(hi);
  assert.ok(limited.outcome === 'refused');
  assert.deepEqual(
    [limited.error.class, limited.error.providerCode, limited.retryable, limited.retryAfterMs],
    ['rate_limited', '131056', true, 6000],
  );
  clock += 6000;
  assert.equal((await rig.sendBody(hi)).outcome, 'accepted');
  assert.deepEqual(await refusedCode(hi), ['rate_limited', 'pair_rate', '131056']);
});

test('a number sends at most 80 messages in a moment', async () => {
  const hi: Body = { type: 'text', text: 'hi' };
  const template: Body = { type: 'template', template: { name: 'hello_world', language: 'en_US' } };
  for (let sent = 0; sent < 40; sent += 1) assert.equal((await rig.sendBody(hi)).outcome, 'accepted');
  const sendTo = (value: string) => rig.sendBody(template, { to: { identities: [{ kind: 'phone', value }] } });
  for (let sent = 0; sent < 40; sent += 1) assert.equal((await sendTo('+201000000002')).outcome, 'accepted');
  const limited = await sendTo('+201000000003');
  assert.deepEqual(limited.outcome === 'refused' && [limited.error.providerCode, limited.retryAfterMs], [
    '130429',
    1000,
  ]);
});

test('who wants no marketing gets none, and everything else', async () => {
  const sale: Body = {
    type: 'template',
    template: { name: 'spring_sale', language: 'en_US', parameters: ['20%'], buttons: [{ index: 0, code: 'A' }] },
  };
  await rig.does('preference', { phone: 'mona', value: 'stop' });
  const [stopped] = await rig.events();
  assert.deepEqual(
    stopped?.kind === 'reachability' && [stopped.reachable, stopped.why, stopped.counterparty.identities[0]],
    [false, 'no_marketing', to.identities[0]],
  );
  assert.equal((await rig.sendBody(sale)).outcome, 'accepted');
  assert.deepEqual(await failures(), [131050]);
  assert.equal((await rig.sendBody({ type: 'text', text: 'Your order is here' })).outcome, 'accepted');
  await rig.does('preference', { phone: 'mona', value: 'resume' });
  rig.received.length = 0;
  await rig.sendBody(sale);
  await rig.webhooks(2);
  assert.deepEqual(
    (await rig.events()).map((event) => event.kind === 'status' && event.status),
    ['SENT', 'DELIVERED'],
  );
});

test('the window closes 24 hours after the customer last wrote', async () => {
  clock += 24 * 3_600_000 + 1;
  assert.deepEqual(await refusedCode({ type: 'text', text: 'hi' }), ['window_closed', 'window_closed', '131047']);
});

test('a token that was taken back is refused with every call', async () => {
  await rig.does('token', { valid: false });
  assert.deepEqual(await refusedCode({ type: 'text', text: 'hi' }), ['auth', 'token_expired', '190']);
  await rig.does('token', { valid: true });
});

test('a customer edits and takes back what they wrote, and changes their number', async () => {
  const id = await rig.writes();
  await rig.writes({ type: 'edit', message_id: id, text: 'hello *you*' });
  await rig.writes({ type: 'unsend', message_id: id });
  await rig.does('number', { phone: 'mona', address: '+201000000077' });
  await rig.does('number', { phone: 'mona', address: '+201000000001' });
  const events = await rig.events();
  const revisions = events.filter((event) => event.kind === 'revision');
  assert.deepEqual(
    revisions.map(({ providerMessageId, body }) => [providerMessageId, body]),
    [
      [id, { type: 'text', text: 'hello you', entities: [{ type: 'bold', offset: 6, length: 3 }] }],
      [id, null],
    ],
  );
  const moves = events.filter((event) => event.kind === 'identity');
  assert.deepEqual(
    moves.map(({ from, to: after }) => [from.value, after.value]),
    [
      ['+201000000001', '+201000000077'],
      ['+201000000077', '+201000000001'],
    ],
  );
});

test('an edit after a quarter of an hour is too late', async () => {
  const id = await rig.writes();
  clock += 15 * 60_000 + 1;
  const path = '/whatsapp_cloud/phones/mona/messages';
  const body = { type: 'edit', message_id: id, text: 'x' };
  assert.equal((await rig.call('POST', path, { account: rig.cloud.external_id, body })).status, 400);
});

test('what the business writes in its phone stands as sent elsewhere; a voice note that is played has been read', async () => {
  await rig.does('echo', { phone: 'mona', text: 'From the phone' });
  const [echo] = await rig.events();
  assert.deepEqual(echo?.kind === 'message' && [echo.direction, echo.body], [
    'OUTBOUND',
    { type: 'text', text: 'From the phone' },
  ]);
  const voice: Body = { type: 'audio', media: { status: 'ready', link: 'https://example.com/a.ogg', voice: true } };
  const receipt = await rig.sendBody(voice);
  assert.ok(receipt.outcome === 'accepted');
  await rig.webhooks(2);
  await rig.does('play', { phone: 'mona', message_id: receipt.providerMessageId });
  const statuses = (await rig.events()).flatMap((event) =>
    event.kind === 'status' ? [[event.status, event.detail]] : [],
  );
  assert.deepEqual(statuses, [
    ['SENT', 'service, free'],
    ['DELIVERED', 'service, free'],
    ['READ', 'played'],
  ]);
});
