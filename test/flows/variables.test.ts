import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { conversationWith } from '../support/conversations.ts';
import { signIn } from '../support/people.ts';
import { addPhone, customer, requestsOf, thread } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const bot = accountOf(nile, 'telegram');
const lite = accountOf(nile, 'whatsapp_lite');
const agent = nile.agents[0];

suite('variables and templates of the library in sends', () => {
  after(() => cloud.close());

  test('a text is filled in from the caller, the contact, the agent and the organization', async () => {
    const phone = await known('754000001');
    const session = await signIn(cloud, nile);
    const sent = await send(
      {
        to: phone.address,
        message: '{{name}} / {first_name} / {{agent_email}} / {{organization_name}} / {{order}} / {{gift|none}}',
        variables: { order: 'A-1' },
      },
      { headers: { Authorization: `Bearer ${session.access_token}` } },
    );
    const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(sent['contact_id'])}`);
    const name = String(contact?.['name']);
    const words = [name, name.split(' ')[0], agent?.email, nile.name, 'A-1', 'none'].join(' / ');
    assert.equal(sent['message'], words);
    await whenMessage(cloud, nile, sent, 'SENT');
    assert.equal((await thread(cloud, bot, phone)).at(-1)?.text, words);
  });

  test('what has no value is refused by name, and nothing is stored', async () => {
    const phone = await known('754000002');
    const answer = await ask(cloud, nile, '/functions/v1/telegram-send', {
      to: phone.address,
      message: '{{order}} {{agent_name}} {{first_name}}',
      variables: { order: ' ' },
    });
    assert.equal(answer.status, 422);
    assert.deepEqual(
      [answer.body['code'], answer.body['message'], answer.body['details']],
      ['missing_variable', `'variables.order', 'variables.agent_name' have no value`, 'variables.order'],
    );
    assert.deepEqual(await sentTo(phone.address), []);
    const one = await ask(cloud, nile, '/functions/v1/sms-send', {
      to: '+201540000021',
      message: 'Hi {{first_name}}',
      variables: {},
    });
    assert.equal(one.body['message'], `'variables.first_name' has no value`);
  });

  test('an ordinary message that contains braces is sent as it is', async () => {
    const phone = await customer(cloud, bot, '754000003');
    const sent = await send({ to: phone.address, message: 'Use {{name}} and {"a": 1}' });
    assert.equal(sent['message'], 'Use {{name}} and {"a": 1}');
  });

  test('a value is never read as formatting or as another variable', async () => {
    const phone = await customer(cloud, bot, '754000004');
    const sent = await send({
      to: phone.address,
      message: 'Dear **{{first_name}}**, [here](https://a.example/{{first_name}})',
      format: 'markdown',
      variables: { first_name: '*{{order}}*/x' },
    });
    assert.equal(sent['message'], 'Dear *{{order}}*/x, here');
    assert.deepEqual(
      (sent['entities'] as Row[]).map(({ type, offset, length, url }) => ({ type, offset, length, url })),
      [
        { type: 'bold', offset: 5, length: 13, url: undefined },
        { type: 'text_link', offset: 20, length: 4, url: 'https://a.example/*%7B%7Border%7D%7D*%2Fx' },
      ],
    );
  });

  test('a scheduled message is filled in when it is accepted', async () => {
    const phone = await customer(cloud, bot, '754000005');
    const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
    const sent = await send({ to: phone.address, message: 'Hi {{x}}', variables: { x: 'there' }, scheduled_at });
    assert.deepEqual([sent['message'], sent['status']], ['Hi there', 'PENDING']);
  });

  test('to several people each gets their own words', async () => {
    const [one, other] = [await known('754000006'), await known('754000007')];
    const to = [one.address, other.address];
    const body = { to, message: 'For {{name}}', variables: {} };
    const answer = await ask(cloud, nile, '/functions/v1/telegram-send', body);
    const said = (answer.body['results'] as Row[]).map(({ message }) => (message as Row)['message']);
    assert.equal(new Set(said).size, 2, JSON.stringify(said));
  });

  test('a template of the library is sent by id or by name, on each channel in its form', async () => {
    const template = await library({
      name: 'Order',
      content: {
        message: 'Hi **{{first_name|there}}**, order {{order}}',
        format: 'markdown',
        interactive: { kind: 'buttons', buttons: [{ id: 'ok-{{order}}', title: 'Got it' }] },
      },
      channels: ['telegram', 'whatsapp_lite'],
      defaults: { order: 'soon' },
    });
    const phone = await known('754000008');
    const sent = await send({ to: phone.address, template_id: template.id, variables: { order: '7' } });
    const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(sent['contact_id'])}`);
    const first = String(contact?.['name']).split(' ')[0];
    assert.deepEqual([sent['type'], sent['message']], ['interactive', `Hi ${first}, order 7`]);
    assert.deepEqual((sent['interactive'] as Row)['buttons'], [{ id: 'ok-7', title: 'Got it' }]);
    const number = await addPhone(cloud, 'whatsapp_lite', '+201540000081');
    const other = await send({ to: number.address, template_id: 'order' }, {}, 'whatsapp-lite');
    await whenMessage(cloud, nile, other, (row) => row['status'] !== 'PENDING');
    const [request] = (await requestsOf(cloud, 'whatsapp_lite')).slice(-1);
    assert.match(JSON.stringify(request?.body), /Hi \*there\*, order soon/);
    assert.equal((await thread(cloud, lite, number)).length, 1);
    for (const [body, code] of [
      [{ template_id: 'nothing' }, 'no_template'],
      [{ template_id: template.id, message: 'a' }, 'contradiction'],
    ] as const)
      assert.equal((await refused({ to: phone.address, ...body })).body['code'], code);
    const elsewhere = await ask(cloud, nile, '/functions/v1/sms-send', { to: '+201540000081', template_id: 'Order' });
    assert.deepEqual([elsewhere.status, elsewhere.body['code']], [422, 'not_for_channel']);
  });

  test('a library template can hold a template of WhatsApp, with variables in it', async () => {
    const account = accountOf(nile, 'whatsapp_cloud');
    await ask(cloud, nile, '/rest/v1/rpc/sync_templates', { channel_account_id: account.id });
    const { id } = await library({
      name: 'On its way',
      content: { template: { name: 'order_update', language: 'ar', parameters: ['{{first_name}}', '{{order}}'] } },
      channels: ['whatsapp_cloud'],
    });
    const phone = await addPhone(cloud, 'whatsapp_cloud', '+201540000091');
    const to = phone.address;
    const sent = await send(
      { to, template_id: id, variables: { first_name: 'منى', order: '12' } },
      {},
      'whatsapp-cloud',
    );
    assert.equal(sent['message'], 'مرحبا منى، طلبك رقم 12 في الطريق إليك.');
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    assert.equal((await thread(cloud, account, phone)).at(-1)?.text, 'مرحبا منى، طلبك رقم 12 في الطريق إليك.');
    const missing = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', { to, template_id: id });
    assert.equal(missing.body['message'], `'variables.first_name', 'variables.order' have no value`);
  });

  test('variables that are no object of strings are refused', async () => {
    for (const variables of [[], { a: 1 }, 'a', { a: 'x'.repeat(4097) }])
      assert.equal((await refused({ to: '754000001', message: 'a', variables })).body['details'], 'variables');
  });
});

/** A customer of whom the name is known. */
async function known(address: string): Promise<Phone> {
  const phone = await customer(cloud, bot, address);
  await conversationWith(cloud, nile, phone, bot);
  return phone;
}

async function send(body: object, more: RequestInit = {}, channel = 'telegram'): Promise<Row> {
  const answer = await ask(cloud, nile, `/functions/v1/${channel}-send`, body, { ...more });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body['message'] as Row;
}

async function refused(body: object): Promise<Answer> {
  const answer = await ask(cloud, nile, '/functions/v1/telegram-send', body);
  assert.ok(answer.status >= 400 && answer.status < 500, JSON.stringify(answer.body));
  return answer;
}

async function library(entry: object): Promise<Row> {
  const answer = await ask(cloud, nile, '/rest/v1/message_templates', entry);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

async function sentTo(address: string): Promise<Row[]> {
  const all = await rows(cloud, nile, 'contacts?select=id,identities');
  const contact = all.find(({ identities }) => (identities as { value: string }[])[0]?.value === address);
  return rows(cloud, nile, `messages?direction=eq.OUTBOUND&contact_id=eq.${contact?.id}`);
}
