import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { auth, callsOf, statuses } from './whatsapp-cloud-calls.ts';
import { at, ownRig, startRig, until, type Answered } from './rig.ts';

const rig = ownRig(await startRig());
const { send, write, thread } = callsOf(rig);

const mona = '+201000000001';
const { cloud } = rig;

test('a customer writes: the webhook has the envelope, and the signature is over its raw bytes', async () => {
  const answer = await write({ text: 'سلام / hi' });
  assert.equal(answer.status, 201);
  assert.equal(at(answer.body, 'webhook_status'), 200);
  const [hook] = rig.received;
  assert.ok(hook);
  assert.equal(
    hook.headers['x-hub-signature-256'],
    `sha256=${createHmac('sha256', 'app-secret').update(hook.raw).digest('hex')}`,
  );
  assert.match(hook.raw, /\\u0633\\u0644\\u0627\\u0645 \\\/ hi/);
  const value = at(hook.body, 'entry.0.changes.0.value');
  assert.equal(at(hook.body, 'entry.0.id'), cloud.waba_id);
  assert.deepEqual(at(value, 'metadata'), {
    display_phone_number: '15550100001',
    phone_number_id: cloud.phone_number_id,
  });
  assert.equal(at(value, 'contacts.0.profile.name'), 'Mona Hassan');
  assert.equal(at(value, 'contacts.0.wa_id'), '201000000001');
  assert.match(String(at(value, 'contacts.0.user_id')), /^EG\.\d{16}$/);
  assert.equal(at(value, 'messages.0.text.body'), 'سلام / hi');
  assert.match(String(at(value, 'messages.0.timestamp')), /^\d{10}$/);
  assert.match(String(at(value, 'messages.0.id')), /^wamid\.[A-Za-z0-9+/=]{40,}$/);
});

test('an accepted text is reported sent and delivered, with our reference, and read once its thread is open', async () => {
  await write({ text: 'hello' });
  rig.received.length = 0;
  const answer = await send({ type: 'text', text: { body: 'hi' }, biz_opaque_callback_data: 'msg_1' });
  assert.equal(answer.status, 200);
  assert.deepEqual(at(answer.body, 'contacts.0'), { input: mona, wa_id: '201000000001' });
  const id = at(answer.body, 'messages.0.id');
  const [sent, delivered] = statuses(await rig.webhooks(2));
  assert.equal(at(sent, 'status'), 'sent');
  assert.equal(at(sent, 'id'), id);
  assert.equal(at(sent, 'biz_opaque_callback_data'), 'msg_1');
  assert.equal(at(sent, 'recipient_id'), '201000000001');
  assert.equal(at(sent, 'pricing.category'), 'service');
  assert.match(String(at(sent, 'conversation.expiration_timestamp')), /^\d{10}$/);
  assert.equal(at(delivered, 'status'), 'delivered');
  assert.match(String(at(delivered, 'timestamp')), /^\d{10}$/);
  await rig.call('PUT', '/whatsapp_cloud/phones/mona/open', { account: cloud.external_id });
  assert.ok(
    statuses(await rig.webhooks(3)).some((status) => at(status, 'status') === 'read' && at(status, 'id') === id),
  );
  rig.received.length = 0;
  await send({ type: 'text', text: { body: 'again' } });
  assert.deepEqual(
    statuses(await rig.webhooks(3)).map((status) => at(status, 'status')),
    ['sent', 'delivered', 'read'],
  );
  await rig.call('PUT', '/whatsapp_cloud/phones/mona/open', { account: null });
});

test('every kind of message inside the window is accepted and shown on the phone', async () => {
  const first = await write({ text: 'hello' }, 'omar');
  const replied = at(first.body, 'id');
  const link = 'https://example.com/file';
  const bodies: [type: string, body: object | object[]][] = [
    ['image', { link, caption: 'c'.repeat(1024) }],
    ['video', { link }],
    ['audio', { link, voice: true }],
    ['document', { link, filename: 'a.pdf', caption: 'paper' }],
    ['sticker', { link }],
    ['location', { latitude: '30.04', longitude: 31.23, name: 'Cairo', address: 'Tahrir' }],
    [
      'contacts',
      [
        {
          name: { formatted_name: 'Ana D', first_name: 'Ana' },
          phones: [{ phone: '+5511', type: 'CELL', wa_id: '5511' }],
        },
      ],
    ],
    ['reaction', { message_id: replied, emoji: '👍' }],
    [
      'interactive',
      {
        type: 'button',
        header: { type: 'text', text: 'H' },
        body: { text: 'Pick' },
        footer: { text: 'F' },
        action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A' } }] },
      },
    ],
    [
      'interactive',
      {
        type: 'list',
        body: { text: 'b'.repeat(4096) },
        action: { button: 'Open', sections: [{ title: 'S', rows: [{ id: 'r1', title: 'Row', description: 'D' }] }] },
      },
    ],
    [
      'interactive',
      {
        type: 'cta_url',
        body: { text: 'Look' },
        action: { name: 'cta_url', parameters: { display_text: 'Go', url: link } },
      },
    ],
    ['interactive', { type: 'location_request_message', body: { text: 'Where?' }, action: { name: 'send_location' } }],
    [
      'interactive',
      {
        type: 'flow',
        body: { text: 'Form' },
        action: { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Start' } },
      },
    ],
    [
      'interactive',
      {
        type: 'carousel',
        body: { text: 'Cards' },
        action: {
          cards: [0, 1].map((card_index) => ({
            card_index,
            type: 'cta_url',
            header: { type: 'image', image: { link } },
            action: { buttons: [{ type: 'quick_reply', quick_reply: { id: `q${card_index}`, title: 'Yes' } }] },
          })),
        },
      },
    ],
  ];
  for (const [type, body] of bodies) {
    const answer = await send({
      to: '+20 100 000 0002',
      type,
      [type]: body,
      ...(type === 'image' && { context: { message_id: replied } }),
    });
    assert.equal(answer.status, 200, `${type} ${JSON.stringify(answer.body)}`);
  }
  await until(async () => (at((await thread('omar')).body, 'length') as number) === bodies.length + 1);
  const { body } = await thread('omar');
  assert.equal(at(body, '1.reply_to'), replied);
  assert.deepEqual(at(body, '9.body.choices'), [{ id: 'a', title: 'A' }]);
  assert.equal(at(body, '10.body.button'), 'Open');
});

test('a tap on a button, a list row and a template comes back in its own shape', async () => {
  await write({ text: 'hello' });
  const reply = { id: 'yes', title: 'Yes' };
  const buttons = await send({
    type: 'interactive',
    interactive: { type: 'button', body: { text: '?' }, action: { buttons: [{ type: 'reply', reply }] } },
  });
  const list = await send({
    type: 'interactive',
    interactive: {
      type: 'list',
      body: { text: '?' },
      action: { button: 'Open', sections: [{ rows: [{ ...reply, description: 'sure' }] }] },
    },
  });
  const image = { type: 'image', image: { link: 'https://example.com/a.png' } };
  const template = {
    name: 'order_photo',
    language: { code: 'en_US' },
    components: [
      { type: 'header', parameters: [image] },
      { type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
      { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'CALL' }] },
      { type: 'button', sub_type: 'url', index: 1, parameters: [{ type: 'text', text: '42' }] },
    ],
  };
  const sent = await send({ type: 'template', template });
  assert.equal(at(sent.body, 'messages.0.message_status'), 'accepted');
  const tap = async (answer: Answered, id: string): Promise<unknown> => {
    const message_id = at(answer.body, 'messages.0.id');
    const tapped = await write({ body: { type: 'tap', message_id, id } });
    assert.equal(tapped.status, 201, JSON.stringify(tapped.body));
    const message = at(rig.received.at(-1)?.body, 'entry.0.changes.0.value.messages.0');
    assert.equal(at(message, 'context.id'), message_id);
    return message;
  };
  await until(() => statuses(rig.received).length === 6);
  assert.deepEqual(at(await tap(buttons, 'yes'), 'interactive'), { type: 'button_reply', button_reply: reply });
  assert.deepEqual(at(await tap(list, 'yes'), 'interactive'), {
    type: 'list_reply',
    list_reply: { ...reply, description: 'sure' },
  });
  assert.deepEqual(at(await tap(sent, 'CALL'), 'button'), { payload: 'CALL', text: 'Call me' });
});

test('a message to a user id is accepted, and answers with the user id', async () => {
  await write({ text: 'hello' });
  const userId = at(rig.received[0]?.body, 'entry.0.changes.0.value.contacts.0.user_id');
  const answer = await send({ to: undefined, recipient: userId, type: 'text', text: { body: 'hi' } });
  assert.deepEqual(at(answer.body, 'contacts'), [{ input: userId, user_id: userId }]);
});

test('marking read takes the earlier ones along', async () => {
  const one = await write({ text: 'one' });
  const two = await write({ text: 'two' });
  const answer = await rig.call(
    'POST',
    `/whatsapp_cloud/v26.0/${cloud.phone_number_id}/messages`,
    {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: at(two.body, 'id'),
      typing_indicator: { type: 'text' },
    },
    auth,
  );
  assert.deepEqual(answer.body, { success: true });
  const { body } = await thread();
  const last = (body as { id: string; status: string }[]).filter(
    ({ id }) => id === at(one.body, 'id') || id === at(two.body, 'id'),
  );
  assert.deepEqual(
    last.map(({ status }) => status),
    ['read', 'read'],
  );
});

test('the subscription check passes with the right token only', async () => {
  assert.equal(await rig.providers.verify(cloud), true);
  assert.equal(await rig.providers.verify({ ...cloud, verify_token: 'other' }), false);
  assert.equal(await rig.providers.verify({ ...cloud, webhook_url: 'http://127.0.0.1:1/none' }), false);
});
