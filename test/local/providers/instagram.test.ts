import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { Body } from '../../../layers/core/src/domain/body.ts';
import { codesOf, itemOf, monaAt, professional, signatureOf, startMetaRig } from './meta-rig.ts';
import { at, ownRig, until } from './rig.ts';

let now = Date.now();
const rig = ownRig(await startMetaRig(professional, () => now));
const pageId = '104523456789012';
const linked = await startMetaRig({ ...professional, login: 'facebook', page_id: pageId, access_token: 'EAAG-linked' });
after(() => linked.close());

const recipient = { id: monaAt.instagram };
const hello = { text: 'hi' };

test("a customer writes: the webhook is Instagram's, signed with its own secret", async () => {
  await rig.write({ text: 'سلام / hi' });
  const [hook] = rig.received;
  assert.equal(hook?.headers['x-hub-signature-256'], signatureOf('instagram-secret', hook?.raw ?? ''));
  assert.equal(at(hook?.body, 'object'), 'instagram');
  assert.equal(at(hook?.body, 'entry.0.id'), professional.external_id);
  assert.match(String(at(itemOf(hook), 'message.mid')), /^aWdf[\w-]{60,}ZD$/);
});

test('a text is echoed without a reference, never reported delivered, and seen by its id', async () => {
  await rig.write({ text: 'hello' });
  rig.received.length = 0;
  const answer = await rig.send({ recipient, message: hello });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const mid = at(answer.body, 'message_id');
  assert.deepEqual(at(itemOf((await rig.webhooks(1))[0]), 'message'), { mid, text: 'hi', is_echo: true });
  await until(async () => at((await rig.thread()).at(-1), 'status') === 'delivered');
  await rig.open(true);
  assert.deepEqual(at(itemOf((await rig.webhooks(2))[1]), 'read'), { mid });
  await rig.open(false);
});

test('what our code sends is taken and comes back as it was', async () => {
  await rig.write({ text: 'hello' });
  rig.received.length = 0;
  const link = 'https://files.example.com/a.png';
  const choice = { id: 'YES', title: 'Yes' };
  const target = String(at(await rig.thread(), '0.id'));
  const bodies: Body[] = [
    { type: 'text', text: 'أهلا' },
    { type: 'interactive', text: 'Pick', interactive: { kind: 'buttons', buttons: [choice] } },
    { type: 'interactive', text: 'Look', interactive: { kind: 'link_button', link: { title: 'See', url: link } } },
    {
      type: 'interactive',
      interactive: { kind: 'carousel', cards: [{ text: 'A\nB', image: link, buttons: [choice] }] },
    },
  ];
  const others: Body[] = [
    ...(['image', 'video', 'audio', 'document'] as const).map((type) => ({
      type,
      media: { status: 'ready' as const, link },
    })),
    { type: 'interactive', text: 'Pick', interactive: { kind: 'quick_replies', buttons: [choice] } },
    { type: 'reaction', emoji: '❤️', target },
    { type: 'reaction', emoji: null, target },
  ];
  for (const [index, body] of [...bodies, ...others].entries()) {
    const receipt = await rig.sendBody(body);
    assert.equal(receipt.outcome, 'accepted', `${JSON.stringify(body)} ${JSON.stringify(receipt)}`);
    await rig.webhooks(Math.min(index + 1, bodies.length + 5));
  }
  const events = await rig.events();
  assert.deepEqual(
    events.slice(0, bodies.length).map((event) => at(event, 'body')),
    bodies,
  );
});

test('after a login with Facebook the page sends, and says of which type', async () => {
  await linked.write({ text: 'hello' });
  assert.equal((await linked.sendBody({ type: 'text', text: 'hi' })).outcome, 'accepted');
  assert.deepEqual(codesOf(await linked.send({ recipient, message: hello })), [100, undefined]);
  const asked = { recipient, messaging_type: 'RESPONSE', message: hello };
  const headers = { authorization: 'Bearer EAAG-linked' };
  const path = `/instagram/v26.0/${professional.external_id}/messages`;
  assert.deepEqual(codesOf(await linked.call('POST', path, asked, headers)), [100, 33]);
});

test('what a customer does is understood', async () => {
  const target = String(at((await rig.write({ text: 'مرحبا' })).body, 'id'));
  for (const type of ['image', 'video', 'audio', 'document']) await rig.write({ body: { type } });
  await rig.write({ body: { type: 'reaction', message_id: target, emoji: '❤️' } });
  await rig.write({ body: { type: 'edit', message_id: target, text: 'changed' } });
  const story = { story: { url: 'https://lookaside.fbsbx.com/1', id: '1' } };
  await rig.write({ body: { type: 'raw', message: { text: '🔥', reply_to: story } } });
  await rig.write({ body: { type: 'raw', message: { is_unsupported: true } } });
  await rig.write({ body: { type: 'unsend', message_id: target } });
  assert.equal(
    (await rig.thread()).some((one) => at(one, 'id') === target),
    false,
  );
  assert.deepEqual(
    (await rig.events()).map((event) => at(event, 'body.event') ?? at(event, 'body.type') ?? at(event, 'kind')),
    [
      'text',
      'image',
      'video',
      'audio',
      'document',
      'reaction',
      'text',
      'story_reply',
      'text',
      'unsupported',
      'revision',
    ],
  );
  assert.equal((await rig.write({ body: { type: 'sticker' } })).status, 400);
});

test('what Instagram refuses is refused by its codes', async () => {
  const message = String(at((await rig.write({ text: 'hello' })).body, 'id'));
  const phone = { type: 'phone_number', title: 'Call', payload: '+201000000001' };
  const payload = { template_type: 'button', text: 'a', buttons: [phone] };
  const cases: [string, object, unknown[]][] = [
    ['501 Arabic letters', { message: { text: 'ش'.repeat(501) } }, [100, undefined]],
    ['a reference', { message: { text: 'a', metadata: 'b' } }, [100, undefined]],
    ['a telephone button', { message: { attachment: { type: 'template', payload } } }, [100, undefined]],
    ['a template', { message: { template: { name: 'order_update' } }, messaging_type: 'UTILITY' }, [100, undefined]],
    ['nobody', { recipient: { id: '8999999999999999' }, message: hello }, [100, 2534014]],
    ['a thumb', { sender_action: 'react', payload: { message_id: message, reaction: '👍' } }, [100, undefined]],
  ];
  for (const [what, body, codes] of cases)
    assert.deepEqual(codesOf(await rig.send({ recipient, ...body })), codes, what);
  assert.equal((await rig.send({ recipient, message: { text: 'ش'.repeat(500) } })).status, 200);
});

test('a voice note or a text file is none of the files it takes', async () => {
  const url = await rig.writeFile('audio');
  const audio = { attachment: { type: 'audio', payload: { url } } };
  assert.deepEqual(codesOf(await rig.send({ recipient, message: audio })), [100, 2018047]);
});
