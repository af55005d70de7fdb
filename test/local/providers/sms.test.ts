import assert from 'node:assert/strict';
import test from 'node:test';
import { at, ownRig, startRig, until, type Answered } from './rig.ts';

const rig = ownRig(await startRig());

const hooks = new URL(rig.cloud.webhook_url).origin;
const common = { channel: 'sms', organization: 'org_1', webhook_url: `${hooks}/sms` } as const;
const notify = {
  ...common,
  kind: 'notify',
  external_id: 'suit-sms',
  name: 'Nile',
  suit_id: 'suit-sms',
  api_key: 'k-1',
} as const;
const victoryLink = {
  ...common,
  kind: 'victorylink',
  external_id: 'NileCoffee',
  name: 'Nile',
  username: 'nile',
  password: 'p-1',
  sender: 'NileCoffee',
} as const;
rig.providers.register(notify);
rig.providers.register(victoryLink);

const report = `${hooks}/sms?ref=r-1&k=abc`;
const good = {
  UserName: 'nile',
  Password: 'p-1',
  SMSText: 'Your order is ready',
  SMSLang: 'E',
  SMSSender: 'NileCoffee',
  SMSReceiver: '201000000001',
  SMSID: '5d1e2b1c-0000-8000-8000-000000000001',
  DLRURL: report,
};

function send(body: object, method = 'SendSMSWithDLR'): Promise<Answered> {
  return rig.call('POST', `/sms/VLSMSPlatformResellerAPI/NewSendingAPI/api/SMSSender/${method}`, body);
}

function sendNotify(body: object, key: string = notify.api_key): Promise<Answered> {
  return rig.call('POST', '/sms/suit-sms/send', body, { appapikey: key });
}

async function thread(phone: string, account: string): Promise<unknown[]> {
  return (await rig.call('GET', `/sms/phones/${phone}/messages?account=${account}`)).body as unknown[];
}

test('an SMS is on the phone, and its report goes to the address that came with it', async () => {
  const answer = await send(good);
  assert.deepEqual([answer.status, answer.body], [200, 0]);
  const [received] = await rig.webhooks(1);
  assert.equal(received?.method, 'GET');
  assert.deepEqual(Object.fromEntries(received.query), { ref: 'r-1', k: 'abc', SMSID: good.SMSID, Status: 'DELIVRD' });
  const message = (await thread('mona', 'NileCoffee')).at(-1);
  assert.deepEqual([at(message, 'text'), at(message, 'status')], ['Your order is ready', 'delivered']);
});

test('a phone shows in which parts a text came', async () => {
  await send({ ...good, SMSText: `${'a'.repeat(160)}€`, SMSReceiver: '01000000002' });
  await send({ ...good, SMSText: 'ش'.repeat(71), SMSLang: 'a', SMSReceiver: '201000000002' });
  const parts = (await thread('omar', 'NileCoffee')).map((message) => [
    at(message, 'sms.encoding'),
    (at(message, 'sms.segments') as string[]).map((segment) => segment.length),
  ]);
  assert.deepEqual(parts, [
    ['GSM-7', [153, 8]],
    ['UCS-2', [67, 4]],
  ]);
});

test('VictoryLink refuses with numbers in a 200', async () => {
  const codes: [object, number][] = [
    [{ Password: 'x' }, -1],
    [{ UserName: 'x' }, -1],
    [{ SMSText: ' ' }, -12],
    [{ SMSLang: 'F' }, -11],
    [{ SMSText: 'طلبك' }, -11],
    [{ SMSSender: '' }, -13],
    [{ SMSSender: 'ThirteenSigns' }, -13],
    [{ SMSReceiver: '+201000000001' }, -100],
    [{ SMSID: '' }, -100],
    [{ DLRURL: 'nowhere' }, -100],
  ];
  for (const [wrong, code] of codes) {
    const answer = await send({ ...good, ...wrong });
    assert.deepEqual([answer.status, answer.body], [200, code], JSON.stringify(wrong));
  }
  assert.equal((await send(good, 'SendNothing')).status, 404);
  assert.equal(rig.received.length, 0);
});

test('without an address for reports nothing is reported', async () => {
  const { DLRURL: _, ...plain } = good;
  assert.equal((await send(plain, 'SendSMS')).body, 0);
  await until(async () => at((await thread('mona', 'NileCoffee')).at(-1), 'status') === 'delivered');
  assert.equal(rig.received.length, 0);
});

test('a landline and who blocked the sender do not get it, and the report says so', async () => {
  await send({ ...good, SMSReceiver: '20225550000' });
  await rig.call('POST', '/sms/phones/omar/messages', { account: 'NileCoffee', body: { type: 'block' } });
  await send({ ...good, SMSReceiver: '201000000002' });
  await rig.webhooks(2);
  assert.deepEqual(
    rig.received.map(({ query }) => query.get('Status')),
    ['UNDELIV', 'REJECTD'],
  );
});

test('nobody can answer an SMS', async () => {
  const answer = await rig.call('POST', '/sms/phones/mona/messages', { account: 'NileCoffee', text: 'hello?' });
  assert.equal(answer.status, 400);
});

test('Notify sends to its receivers, refuses what it does not know, and reports nothing', async () => {
  const receivers = [{ userID: '201000000001', mobileNum: '00201000000001' }];
  const sent = await sendNotify({ SMS: { message: 'hi', receivers } });
  assert.deepEqual([sent.status, at(sent.body, 'status')], [200, 'success']);
  assert.equal(at((await thread('mona', 'suit-sms')).at(-1), 'text'), 'hi');
  assert.equal((await sendNotify({ SMS: { message: 'hi', receivers } }, 'other')).status, 500);
  assert.equal((await sendNotify({ SMS: { message: '', receivers } })).status, 400);
  assert.equal((await sendNotify({ UOWHATSAPP: { message: 'hi', receivers } })).status, 400);
  const plus = [{ userID: 'u', mobileNum: '+201000000001' }];
  assert.equal((await sendNotify({ SMS: { message: 'hi', receivers: plus } })).status, 400);
  assert.equal(rig.received.length, 0);
});

test('Notify without receivers writes to everyone, and the log says so, without passwords', async () => {
  await rig.call('DELETE', '/sms/requests');
  await sendNotify({ SMS: { message: 'oops' } });
  await send(good);
  const { body } = await rig.call('GET', '/sms/requests');
  assert.equal(at(body, '0.warning'), 'sent to everyone');
  assert.equal(at(body, '1.body.Password'), '…p-1');
});

test('a fault answers with the code it is given', async () => {
  await rig.call('POST', '/sms/faults', { code: -5 });
  const answer = await send(good);
  assert.deepEqual([answer.status, answer.body], [200, -5]);
  await rig.call('POST', '/sms/faults', { status: 503 });
  assert.equal((await send(good)).status, 503);
});

test('VictoryLink counts its credit in segments, tells it in XML, and sends nothing once it is used up', async () => {
  const check = (password: string): Promise<Answered> =>
    rig.call(
      'POST',
      '/sms/KannelSending/service.asmx/CheckCredit',
      new URLSearchParams({ UserName: 'nile', Password: password }),
    );
  await rig.call('POST', '/sms/accounts/NileCoffee/credit', { credit: 3 });
  assert.equal((await send({ ...good, SMSText: 'a'.repeat(161) })).body, 0);
  assert.match(String((await check('p-1')).body), /<int xmlns="http:\/\/tempuri.org\/">1<\/int>/);
  assert.equal((await send({ ...good, SMSText: 'a'.repeat(161) })).body, -5);
  assert.match(String((await check('x')).body), />-1</);
  await rig.call('POST', '/sms/accounts/NileCoffee/credit', { credit: 1000 });
});
