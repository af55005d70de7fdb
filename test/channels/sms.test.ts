import assert from 'node:assert/strict';
import test from 'node:test';
import type { Probe, Receipt } from '@parley/core/channels/contract.ts';
import type { Credentials } from '@parley/core/channels/sms/credentials.ts';
import { channel } from '@parley/core/channels/sms/index.ts';
import { serverOf } from '@parley/core/channels/sms/server.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { accountOf } from './cases/cases.ts';
import { cases } from './cases/sms/index.ts';
import { withProvider, type Captured, type Reply } from './provider.ts';
import { assertRefused, type RefusalCase } from './refused.ts';
import { ask, fieldOf, notify, reference } from './sms-rig.ts';

async function receiptOf(reply: Reply, options?: Parameters<typeof ask>[1]): Promise<Receipt> {
  return (await ask(reply, options)).receipt;
}

test('0 and -10 are taken, bare or quoted, and known by our SMSID', async () => {
  const ids = new Set<unknown>();
  for (const text of ['0', '"0"', '-10', '"-10"', ' 0\n']) {
    const { receipt, asked } = await ask({ status: 200, text });
    assert.equal(receipt.outcome, 'accepted', text);
    assert.equal(receipt.providerMessageId, fieldOf(asked, 'SMSID'));
    ids.add(receipt.providerMessageId);
  }
  assert.equal(ids.size, 1);
  assert.match(String([...ids][0]), /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

const codes: RefusalCase[] = [
  [-1, 'auth', false, false],
  [-5, 'account_restricted', false, false],
  [-11, 'invalid', false, true],
  [-12, 'invalid', false, true],
  [-13, 'account_restricted', false, false],
  [-25, 'rate_limited', true, false],
  [-100, 'provider_down', true, false],
  [-2, 'invalid', false, false],
  [7, 'invalid', false, false],
];

for (const [code, kind, retryable, permanent] of codes) {
  test(`VictoryLink's ${code} is ${kind}, ${retryable ? 'tried again' : 'not tried again'}`, async () => {
    const receipt = await receiptOf({ status: 200, text: String(code) });
    assertRefused(receipt, [code, kind, retryable, permanent]);
    assert.doesNotMatch(JSON.stringify(receipt), /Hello|pass word/);
  });
}

test('-100 is tried once more, with the same SMSID, and then no more', async () => {
  const first = await ask({ status: 200, text: '-100' });
  const second = await ask({ status: 200, text: '-100' }, { attempt: 2 });
  assert.equal(first.receipt.outcome === 'refused' && first.receipt.retryable, true);
  assert.equal(second.receipt.outcome === 'refused' && second.receipt.retryable, false);
  assert.equal(fieldOf(first.asked, 'SMSID'), fieldOf(second.asked, 'SMSID'));
});

test('an answer that is no number leaves the outcome unknown', async () => {
  for (const text of ['', 'OK', '{}', '"x"', '<int>0</int>', 'null', '1.2.3'])
    assert.equal((await receiptOf({ status: 200, text })).outcome, 'unknown', text);
});

test("Notify's 500 may be a wrong key or a message sent: unknown, and never tried again", async () => {
  const json = { exception: 'x', message: 'something went wrong', status: 'Failed' };
  const receipt = await receiptOf({ status: 500, json }, { credentials: notify });
  assert.equal(receipt.outcome, 'unknown');
  assert.match(receipt.detail, /500.*credentials/);
});

test('Notify may fail in a 200, and succeed without an id', async () => {
  const refused = await receiptOf({ status: 200, json: { status: 'Failed' } }, { credentials: notify });
  assert.equal(refused.outcome === 'refused' && refused.retryable, false);
  for (const reply of [
    { status: 200, json: { status: 'success' } },
    { status: 201, text: 'OK' },
  ])
    assert.deepEqual(await receiptOf(reply, { credentials: notify }), {
      outcome: 'accepted',
      detail: '1 segment, GSM-7',
    });
});

test('SMS brings no files', async () => {
  const account = accountOf(cases, 'https://sms.example.com') as ConnectedAccount<Credentials>;
  const location = await channel.locateMedia({ link: 'https://a.example' }, account);
  assert.equal(!location.ok && location.permanent, true);
});

test('a template goes as the text it is filled in to', async () => {
  const template = {
    type: 'template',
    template: { name: 'ready', language: 'en' },
    text: 'Mona, it is ready',
  } as const;
  assert.equal(await channel.check(template), undefined);
  await withProvider({ status: 200, text: '0' }, async ({ url, requests }) => {
    const account = accountOf(cases, url) as ConnectedAccount<Credentials>;
    const receipt = await channel.send({ reference: `${reference}.1`, to: cases.to, body: template }, account);
    assert.equal(receipt.outcome, 'accepted');
    assert.equal(fieldOf(requests[0], 'SMSText'), 'Mona, it is ready');
  });
});

async function probed(
  reply: Reply,
  credentials: unknown = cases.credentials,
): Promise<{ probe: Probe | undefined; asked: Captured | undefined }> {
  return withProvider(reply, async ({ url, requests }) => {
    const account = accountOf({ ...cases, credentials }, url) as ConnectedAccount<Credentials>;
    return { probe: await channel.probe?.(account), asked: requests[0] };
  });
}

test('VictoryLink tells the credit that is left, asked with the password in the body', async () => {
  const xml = '<?xml version="1.0" encoding="utf-8"?>\n<int xmlns="http://tempuri.org/">1250</int>';
  const { probe, asked } = await probed({ status: 200, text: xml });
  assert.deepEqual(probe, { ok: true, externalId: 'NileCoffee', facts: { credit: '1250' } });
  assert.equal(asked?.path, '/KannelSending/service.asmx/CheckCredit');
  assert.equal(String(asked.body), 'UserName=nile&Password=pass+word');
});

test('a probe says whose fault it is', async () => {
  const wrong = await probed({ status: 200, text: '<int>-1</int>' });
  assert.equal(wrong.probe?.ok === false && wrong.probe.error.class, 'auth');
  for (const reply of [
    { status: 500, text: 'oops' },
    { status: 200, text: '<html>' },
    { status: 200, text: '' },
    'drop',
  ] as const) {
    const { probe } = await probed(reply);
    assert.equal(probe?.ok === false && probe.error.class, 'provider_down', JSON.stringify(reply));
  }
  const { probe, asked } = await probed({ status: 500, text: '' }, notify);
  assert.equal(probe?.ok, true);
  assert.equal(asked, undefined);
});

test('VictoryLink has its own address, where nothing stands in for it', () => {
  const account = accountOf(cases, 'https://notify.appgain.io') as ConnectedAccount<Credentials>;
  assert.equal(serverOf(account), 'https://smsvas.vlserv.com');
  assert.equal(
    serverOf({ ...account, baseUrl: 'http://127.0.0.1:4000/providers/sms/' }),
    'http://127.0.0.1:4000/providers/sms',
  );
  const suit = accountOf(
    { ...cases, credentials: notify },
    'https://notify.appgain.io',
  ) as ConnectedAccount<Credentials>;
  assert.equal(serverOf(suit), 'https://notify.appgain.io');
});
