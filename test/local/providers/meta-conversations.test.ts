import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { codesOf, monaAt, page, professional, startMetaRig } from './meta-rig.ts';
import { at, until } from './rig.ts';

const HOUR_MS = 3_600_000;
const hello = { text: 'hi' };

let now = Date.now();
const messenger = await startMetaRig(page, () => now);
const instagram = await startMetaRig(professional, () => now);
after(() => Promise.all([messenger.close(), instagram.close()]));

/** [name, rig, code and subcode of a closed window, member of a plain answer] */
const products = [
  ['Messenger', messenger, [10, 2018278], { messaging_type: 'RESPONSE' }],
  ['Instagram', instagram, [10, 2534022], {}],
] as const;

for (const [name, rig, closed, plain] of products) {
  const recipient = { id: monaAt[rig.account.channel as 'messenger' | 'instagram'] };
  const answer = { recipient, ...plain, message: hello };
  const human = { recipient, messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT', message: hello };

  test(`${name}: after 24 hours only people may write, after 7 days nobody`, async () => {
    await rig.write({ text: 'hello' });
    assert.equal((await rig.send(answer)).status, 200);
    now += 24 * HOUR_MS;
    assert.deepEqual(codesOf(await rig.send(answer)), closed);
    assert.equal((await rig.send(human)).status, 200);
    now += 6 * 24 * HOUR_MS;
    assert.deepEqual(codesOf(await rig.send(human)), closed);
    await rig.write({ text: 'back' });
    assert.equal((await rig.send(answer)).status, 200);
  });

  test(`${name}: our answers are tagged once 24 hours are over`, async () => {
    await rig.write({ text: 'hello' });
    now += 25 * HOUR_MS;
    const text = { type: 'text', text: 'late' } as const;
    const untagged = await rig.sendBody(text);
    assert.equal(untagged.outcome === 'refused' && untagged.error.class, 'window_closed');
    const lastInboundAt = Date.now() - 25 * HOUR_MS;
    const byProgram = await rig.sendBody(text, { lastInboundAt });
    assert.equal(byProgram.outcome === 'refused' && byProgram.error.class, 'window_closed');
    assert.equal((await rig.sendBody(text, { lastInboundAt, byPerson: true })).outcome, 'accepted');
    const explicit = await rig.sendBody(text, { lastInboundAt, byPerson: true, options: { messaging_type: 'UPDATE' } });
    assert.equal(explicit.outcome === 'refused' && explicit.error.class, 'window_closed');
    assert.equal((await rig.sendBody(text, { options: { tag: 'HUMAN_AGENT' } })).outcome, 'accepted');
  });

  test(`${name}: that we type and have read reaches the phone`, async () => {
    const id = String(at((await rig.write({ text: 'hello' })).body, 'id'));
    const to = { identities: [{ kind: name === 'Messenger' ? 'psid' : 'igsid', value: recipient.id }] as never };
    assert.deepEqual(await rig.ours.act?.({ kind: 'typing', to }, rig.account), { ok: true });
    assert.deepEqual(await rig.ours.act?.({ kind: 'read', to, providerMessageId: id }, rig.account), { ok: true });
    await until(async () => (await rig.thread()).some((one) => at(one, 'id') === id && at(one, 'status') === 'read'));
    const nobody = { identities: [{ kind: 'phone', value: '+201000000001' }] as never };
    assert.equal((await rig.ours.act?.({ kind: 'typing', to: nobody }, rig.account))?.ok, false);
  });

  test(`${name}: an action that says more than an action can is refused`, async () => {
    await rig.write({ text: 'hello' });
    for (const more of [
      { payload: { message_id: 'm' } },
      { messaging_type: 'RESPONSE' },
      { tag: 'HUMAN_AGENT' },
      { reply_to: { mid: 'm' } },
    ])
      assert.deepEqual(codesOf(await rig.send({ recipient, sender_action: 'typing_on', ...more })), [100, undefined]);
    assert.deepEqual(codesOf(await rig.send({ recipient, sender_action: 'wave' })), [100, undefined]);
    assert.deepEqual(codesOf(await rig.send({ recipient, sender_action: 'react' })), [100, undefined]);
  });

  test(`${name}: customers edit only their own texts, five times`, async () => {
    const id = String(at((await rig.write({ text: 'hello' })).body, 'id'));
    for (const text of ['1', '2', '3', '4', '5'])
      assert.equal((await rig.write({ body: { type: 'edit', message_id: id, text } })).status, 201);
    assert.equal((await rig.write({ body: { type: 'edit', message_id: id, text: '6' } })).status, 400);
    const ours = at((await rig.send(answer)).body, 'message_id');
    await until(async () => (await rig.thread()).some((one) => at(one, 'id') === ours));
    for (const type of ['edit', 'unsend'])
      assert.equal((await rig.write({ body: { type, message_id: ours, text: 'x' } })).status, 400);
    assert.deepEqual(
      (await rig.thread()).filter((one) => at(one, 'id') === id).map((one) => at(one, 'text')),
      ['5'],
    );
  });
}

test('a message taken back leaves the phone; Instagram tells of it, Messenger does not', async () => {
  for (const [rig, told] of [
    [messenger, null],
    [instagram, 200],
  ] as const) {
    const id = at((await rig.write({ text: 'secret' })).body, 'id');
    const answer = await rig.write({ body: { type: 'unsend', message_id: id } });
    assert.equal(at(answer.body, 'webhook_status'), told);
    assert.equal(
      (await rig.thread()).some((one) => at(one, 'id') === id),
      false,
    );
  }
});

test('Messenger: a template with a header and buttons fits, or is refused', async () => {
  await messenger.write({ text: 'hello' });
  const header = { parameters: { order_type: 'Your order' } };
  const template = { name: 'order_shipped', language: 'en', header, parameters: { customer_name: 'Mona' } };
  const buttons = [
    { index: 0, url: '42' },
    { index: 1, payload: '42' },
  ];
  const taken = await messenger.sendBody({ type: 'template', template: { ...template, buttons } });
  assert.equal(taken.outcome, 'accepted', JSON.stringify(taken));
  await until(async () => at((await messenger.thread()).at(-1), 'text') === 'Your order on its way\nGood news, Mona.');
  const refused = await messenger.sendBody({ type: 'template', template });
  assert.equal(refused.outcome === 'refused' && refused.error.class, 'invalid');
});

test('Messenger: a send may be silent', async () => {
  await messenger.write({ text: 'hello' });
  const text = { type: 'text', text: 'hush' } as const;
  const silent = { options: { notification_type: 'NO_PUSH' } };
  assert.equal((await messenger.sendBody(text, silent)).outcome, 'accepted');
  const persona = await messenger.sendBody(text, { options: { persona_id: '77' } });
  assert.equal(persona.outcome === 'refused' && persona.error.class, 'invalid');
});
