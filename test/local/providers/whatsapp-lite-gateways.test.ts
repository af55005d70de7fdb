import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import { channel } from '@parley/core/channels/whatsapp_lite/index.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { Counterparty } from '@parley/core/domain/contact.ts';
import { at, until } from './rig.ts';
import { kinds, lastOf, mona, startLiteRig } from './whatsapp-lite-rig.ts';

const rig = await startLiteRig();
after(() => rig.close());
beforeEach(() => rig.reset());

for (const kind of kinds) {
  test(`${kind}: what we send is echoed once and reported as far as it gets, under one id`, async () => {
    const id = await rig.send(kind, { type: 'text', text: 'أهلا' });
    await until(async () =>
      (await rig.events()).some((event) => event.kind === 'status' && event.status === 'DELIVERED'),
    );
    const events = await rig.events();
    assert.deepEqual(
      events.map((event) => [
        event.kind,
        'providerMessageId' in event && event.providerMessageId,
        event.kind === 'status' ? event.status : event.kind === 'message' && event.direction,
      ]),
      [
        ['message', id, 'OUTBOUND'],
        ['status', id, 'SENT'],
        ['status', id, 'DELIVERED'],
      ],
    );
  });

  test(`${kind}: formatting is written out, and read again`, async () => {
    const bold = { type: 'text', text: 'جاهز الآن', entities: [{ type: 'bold', offset: 0, length: 4 }] } as const;
    await rig.send(kind, bold as unknown as Body);
    assert.equal(at((await rig.thread(kind)).at(-1), 'text'), '*جاهز* الآن');
    const { events } = await rig.customer(kind, { text: 'هو _جاهز_' });
    const event = lastOf(events);
    assert.deepEqual(event.kind === 'message' && event.body, {
      type: 'text',
      text: 'هو جاهز',
      entities: [{ type: 'italic', offset: 3, length: 4 }],
    });
  });

  test(`${kind}: F20: a privacy id first, the number beside it later; both can be answered`, async () => {
    const first = lastOf((await rig.customer(kind, { text: 'من أنا', as: 'lid' })).events);
    assert.ok(first.kind === 'message');
    assert.deepEqual(
      first.counterparty.identities.map((each) => each.kind),
      ['lid'],
    );
    const later = lastOf((await rig.customer(kind, { text: 'هذا رقمي', as: 'both' })).events);
    assert.ok(later.kind === 'message');
    assert.deepEqual(later.counterparty.identities, [
      { kind: 'phone', value: '+201000000001' },
      first.counterparty.identities[0],
    ]);
    for (const { counterparty } of [first, later]) {
      await rig.send(kind, { type: 'text', text: 'وصل' }, { to: counterparty });
      assert.equal(at((await rig.thread(kind)).at(-1), 'text'), 'وصل');
    }
  });

  test(`${kind}: we react to what the customer wrote, and to what we wrote`, async () => {
    const { events } = await rig.customer(kind, { text: 'متى؟' });
    const theirs = lastOf(events);
    assert.ok(theirs.kind === 'message');
    const ours = await rig.send(kind, { type: 'text', text: 'غدا' });
    const react = (body: object) =>
      channel.send(
        { reference: 'r', to: mona, body: { type: 'reaction', emoji: '👍', ...body } as Body },
        rig.connected(kind),
      );
    const outcomes = await Promise.all([
      react({ target: theirs.providerMessageId }),
      react({ target: ours, own: true }),
      react({ target: ours }),
    ]);
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome === 'accepted'),
      [true, true, false],
    );
  });

  test(`${kind}: a group is one counterparty, and each message tells who wrote it`, async () => {
    const group = '120363001234567890@g.us';
    const first = lastOf((await rig.customer(kind, { text: 'مرحبا', group })).events);
    const second = lastOf((await rig.customer(kind, { text: 'أهلا', group }, 'omar')).events);
    assert.ok(first.kind === 'message' && second.kind === 'message');
    assert.deepEqual(
      [first.counterparty, first.author, second.author],
      [{ identities: [{ kind: 'group', value: group }] }, 'Mona Hassan', 'عمر علي'],
    );
    await rig.send(kind, { type: 'text', text: 'للجميع' }, { to: first.counterparty });
    for (const phone of ['mona', 'omar']) assert.equal(at((await rig.thread(kind, phone)).at(-1), 'text'), 'للجميع');
    await until(async () => (await rig.events()).filter((event) => event.kind === 'ignored').length === 2);
    const statuses = (await rig.events()).flatMap((event) => (event.kind === 'status' ? event.status : []));
    assert.deepEqual(statuses, ['SENT']);
  });

  test(`${kind}: a customer changes what they wrote, and takes it back`, async () => {
    const { id, events } = await rig.customer(kind, { text: 'الرابعة' });
    const written = lastOf(events);
    assert.ok(written.kind === 'message');
    rig.clock.now += 60_000;
    const edited = lastOf(
      (await rig.customer(kind, { body: { type: 'edit', message_id: id, text: 'الخامسة' } })).events,
    );
    assert.ok(edited.kind === 'revision');
    assert.deepEqual(
      [edited.providerMessageId, edited.body, edited.providerAt],
      [written.providerMessageId, { type: 'text', text: 'الخامسة' }, rig.clock.now],
    );
    const unsent = lastOf((await rig.customer(kind, { body: { type: 'unsend', message_id: id } })).events);
    assert.deepEqual(unsent.kind === 'revision' && [unsent.providerMessageId, unsent.body], [
      written.providerMessageId,
      null,
    ]);
    assert.ok(!(await rig.thread(kind)).some((message) => at(message, 'id') === id));
  });

  test(`${kind}: new words of a file come as words alone`, async () => {
    const { id } = await rig.customer(kind, { body: { type: 'image', caption: 'هذا' } });
    const edited = lastOf(
      (await rig.customer(kind, { body: { type: 'edit', message_id: id, text: 'هذا هو' } })).events,
    );
    assert.deepEqual(edited.kind === 'revision' && edited.body, { type: 'text', text: 'هذا هو' });
  });

  test(`${kind}: we change what we sent, and take it back, while WhatsApp lets us`, async () => {
    const providerMessageId = await rig.send(kind, { type: 'text', text: 'أهلا' });
    const body: Body = { type: 'text', text: 'أهلا وسهلا' };
    assert.equal(await rig.act(kind, { kind: 'edit', to: mona, providerMessageId, body }), true);
    assert.deepEqual(
      [at((await rig.thread(kind)).at(-1), 'text'), at((await rig.thread(kind)).at(-1), 'remark')],
      ['أهلا وسهلا', 'edited'],
    );
    await until(async () =>
      (await rig.events()).some((event) => event.kind === 'revision' && event.providerMessageId === providerMessageId),
    );
    rig.clock.now += 16 * 60_000;
    assert.equal(await rig.act(kind, { kind: 'edit', to: mona, providerMessageId, body }), false);
    const before = (await rig.thread(kind)).length;
    assert.equal(await rig.act(kind, { kind: 'delete', to: mona, providerMessageId }), true);
    assert.equal((await rig.thread(kind)).length, before - 1);
    assert.equal(await rig.act(kind, { kind: 'delete', to: mona, providerMessageId }), false);
  });

  test(`${kind}: we may not change what the customer wrote`, async () => {
    const { events } = await rig.customer(kind, { text: 'لي' });
    const event = lastOf(events);
    assert.ok(event.kind === 'message');
    assert.equal(await rig.act(kind, { kind: 'delete', to: mona, providerMessageId: event.providerMessageId }), false);
  });

  test(`${kind}: the customer sees that we type, and that we have read`, async () => {
    const { id, events } = await rig.customer(kind, { text: 'هل من أحد؟' });
    const event = lastOf(events);
    assert.ok(event.kind === 'message');
    assert.equal(await rig.act(kind, { kind: 'typing', to: mona, providerMessageId: event.providerMessageId }), true);
    assert.equal(await rig.act(kind, { kind: 'read', to: mona, providerMessageId: event.providerMessageId }), true);
    const shown = (await rig.thread(kind)).find((message) => at(message, 'id') === id);
    assert.equal(at(shown, 'status'), 'read');
    assert.equal(
      await rig.act(kind, { kind: 'typing', to: { identities: [{ kind: 'email', value: 'a@b.example' }] } }),
      false,
    );
  });

  test(`${kind}: a reply quotes what the customer wrote, and what we wrote`, async () => {
    const { events } = await rig.customer(kind, { text: 'كم السعر؟' });
    const event = lastOf(events);
    assert.ok(event.kind === 'message');
    await rig.send(kind, { type: 'text', text: 'خمسون' }, { replyTo: { providerMessageId: event.providerMessageId } });
    const last = (await rig.thread(kind)).at(-1);
    assert.match(String(at(last, 'reply_to')), new RegExp(event.providerMessageId));
    const providerMessageId = String(at(last, 'id')).split('_').at(-1) ?? '';
    await rig.send(kind, { type: 'text', text: 'أو ستون' }, { replyTo: { providerMessageId, own: true } });
    assert.equal(at((await rig.thread(kind)).at(-1), 'reply_to'), at(last, 'id'));
  });
}

test('F19: a number that WhatsApp knows by other digits is asked for, and written to by those', async () => {
  await rig.call('POST', '/whatsapp_lite/phones', { name: 'Ana', address: '+5531987654321' });
  const ana: Counterparty = { identities: [{ kind: 'phone', value: '+5531987654321' }] };
  for (const kind of kinds) {
    await rig.send(kind, { type: 'text', text: 'Olá' }, { to: ana });
    const phones = (await rig.call('GET', '/whatsapp_lite/phones')).body as { id: string; name: string }[];
    const phone = phones.find(({ name }) => name === 'Ana');
    assert.equal(at((await rig.thread(kind, phone?.id)).at(-1), 'text'), 'Olá');
    const { events } = await rig.customer(kind, { text: 'Oi' }, phone?.id);
    const event = lastOf(events);
    assert.deepEqual(event.kind === 'message' && event.counterparty.identities, [
      ...ana.identities,
      { kind: 'wa_id', value: '553187654321' },
    ]);
  }
});

test('a number that is not on WhatsApp is refused for good, where the gateway says so before it sends', async () => {
  const nobody: Counterparty = { identities: [{ kind: 'phone', value: '+5531987650000' }] };
  for (const kind of kinds) {
    const receipt = await channel.send(
      { reference: 'r', to: nobody, body: { type: 'text', text: 'x' } },
      rig.connected(kind),
    );
    assert.deepEqual(receipt.outcome === 'refused' && [receipt.error.code, receipt.error.permanent], [
      'not_on_whatsapp',
      true,
    ]);
  }
});
