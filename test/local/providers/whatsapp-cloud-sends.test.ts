import assert from 'node:assert/strict';
import test from 'node:test';
import type { Action } from '../../../layers/core/src/channels/contract.ts';
import { channel } from '../../../layers/core/src/channels/whatsapp_cloud/index.ts';
import type { Body } from '../../../layers/core/src/domain/body.ts';
import { at, until } from './rig.ts';
import { startOpenCloudRig } from './whatsapp-cloud-rig.ts';

const rig = await startOpenCloudRig();

const link = 'https://example.com/a.png';
const to = { identities: [{ kind: 'phone', value: '+201000000001' }] } as const;

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
  rig.pass(6000);
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
  rig.pass(24 * 3_600_000 + 1);
  assert.deepEqual(await refusedCode({ type: 'text', text: 'hi' }), ['window_closed', 'window_closed', '131047']);
});

test('a token that was taken back is refused with every call', async () => {
  await rig.does('token', { valid: false });
  assert.deepEqual(await refusedCode({ type: 'text', text: 'hi' }), ['auth', 'token_expired', '190']);
  await rig.does('token', { valid: true });
});
