import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { InboundEvent, Probe, Receipt, WebhookRequest } from '@parley/core/channels/contract.ts';
import type { Credentials } from '@parley/core/channels/sms/credentials.ts';
import { channel } from '@parley/core/channels/sms/index.ts';
import { normalise } from '@parley/core/channels/sms/normalise.ts';
import { serverOf } from '@parley/core/channels/sms/server.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { readFields } from '@parley/core/domain/fields.ts';
import { accountOf, webhook } from './cases/cases.ts';
import { cases } from './cases/sms/index.ts';
import { startProvider, type Captured, type Reply } from './provider.ts';

const reference = 'msg_019aab4f-1c2d-7e3f-8a4b-5c6d7e8f9a0b_3f2504e0-4f89-5d0b-9a55-0d9f2f3c7e41';
const notify = { kind: 'notify', suit_id: 's', api_key: 'k' };
const webhookUrl = 'https://api.example.com/functions/v1/sms-webhook/acc_1';

async function ask(
  reply: Reply,
  {
    attempt = 1,
    credentials = cases.credentials,
    text = 'Hello',
    options,
  }: { attempt?: number; credentials?: unknown; text?: string; options?: Record<string, unknown> } = {},
): Promise<{ receipt: Receipt; asked: Captured | undefined }> {
  const provider = await startProvider(() => reply);
  try {
    const account = accountOf({ ...cases, credentials }, provider.url) as ConnectedAccount<Credentials>;
    const body = { type: 'text', text } as const;
    const outgoing = {
      reference: `${reference}.${attempt}`,
      to: cases.to,
      body,
      webhookUrl,
      ...(options && { options }),
    };
    return { receipt: await channel.send(outgoing, account), asked: provider.requests[0] };
  } finally {
    await provider.close();
  }
}

async function receiptOf(reply: Reply, options?: Parameters<typeof ask>[1]): Promise<Receipt> {
  return (await ask(reply, options)).receipt;
}

function fieldOf(asked: Captured | undefined, name: string): string {
  return String((asked?.body as Record<string, unknown> | undefined)?.[name]);
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

/** [code, class, retryable, permanent] */
const codes: [number, string, boolean, boolean][] = [
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
    assert.equal(receipt.outcome, 'refused');
    const { error } = receipt;
    assert.deepEqual(
      [error.class, receipt.retryable, error.permanent, error.providerCode],
      [kind, retryable, permanent, String(code)],
    );
    assert.match(error.message, /^[A-Z].+\.$/);
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

test('a report is asked for at an address that proves itself and names the attempt', async () => {
  const { asked } = await ask({ status: 200, text: '0' }, { attempt: 3 });
  assert.match(String(asked?.path), /\/SMSSender\/SendSMSWithDLR$/);
  const url = new URL(fieldOf(asked, 'DLRURL'));
  assert.equal(url.origin + url.pathname, webhookUrl);
  assert.deepEqual([...url.searchParams.keys()], ['ref', 'k']);
  const request = webhook('', {}, `${url.search.slice(1)}&Status=DELIVRD`);
  assert.equal(channel.verify(request, { id: 'acc_1', secrets: [cases.credentials as Record<string, string>] }), true);
  const event = eventOf(request);
  assert.deepEqual(event, {
    kind: 'status',
    providerMessageId: fieldOf(asked, 'SMSID'),
    status: 'DELIVERED',
    reference: `${reference}.3`,
  });
});

function eventOf(request: WebhookRequest): InboundEvent {
  const [element] = normalise(channel.parse?.(request));
  assert.ok(element?.ok, JSON.stringify(element));
  return element.event;
}

const ours = `ref=${encodeURIComponent(`${reference}.1`)}&k=abc`;

/** [how it comes, request] */
const reports: [string, WebhookRequest][] = [
  ['in the query', webhook('', {}, `${ours}&SMSID=x&Status=UNDELIV&Err=27`)],
  ['behind a second question mark', webhook('', {}, `${ours}?STATUS=UNDELIV&err=27`)],
  [
    'as a form',
    webhook('smsid=x&dlr=undelivered&err=27', { 'content-type': 'application/x-www-form-urlencoded' }, ours),
  ],
  ['as a form that does not say so', webhook('smsid=x&dlr=undelivered&err=27', {}, ours)],
  [
    'as JSON',
    webhook('{"SmsId":"x","DeliveryStatus":"Failed","ErrorCode":27}', { 'content-type': 'application/json' }, ours),
  ],
  ['as a list of JSON', webhook('[{"State":"failed","err":"27"}]', {}, ours)],
  [
    'as the receipt text of SMPP',
    webhook(
      'id:1 sub:001 dlvrd:000 submit date:2511221200 done date:2511221201 stat:UNDELIV err:27 text:ref=x',
      {},
      ours,
    ),
  ],
];

for (const [how, request] of reports) {
  test(`a report is read ${how}`, () => {
    const event = eventOf(request);
    assert.ok(event.kind === 'status');
    assert.deepEqual([event.status, event.reference], ['FAILED', `${reference}.1`]);
    assert.equal(event.error?.class, 'recipient_unavailable');
    if (!how.includes('SMPP')) assert.equal(event.error?.providerCode, '27');
  });
}

test('what a report says of itself is no reference of ours, and our token is not kept', () => {
  const parsed = channel.parse?.(webhook('ref=other&status=DELIVRD', {}, `${ours}&ref=third`));
  assert.deepEqual(parsed, { reference: `${reference}.1`, fields: { ref: 'other', status: 'DELIVRD' } });
});

test('survives any bytes as a report', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), fc.string(), (bytes, type, query) => {
      const parsed = channel.parse?.(webhook(bytes, { 'content-type': type }, query));
      for (const element of normalise(parsed)) assert.ok(element.ok || typeof element.reason === 'string');
    }),
    { numRuns: 300 },
  );
});

test('SMS brings no files', async () => {
  const account = accountOf(cases, 'https://sms.example.com') as ConnectedAccount<Credentials>;
  const location = await channel.locateMedia({ link: 'https://a.example' }, account);
  assert.equal(!location.ok && location.permanent, true);
});

test('typographic signs become plain ones, so that a text stays GSM-7; how it went is told', async () => {
  const { receipt, asked } = await ask({ status: 200, text: '0' }, { text: '“Hi” – it’s ready…' });
  assert.deepEqual([fieldOf(asked, 'SMSText'), fieldOf(asked, 'SMSLang')], ['"Hi" - it\'s ready...', 'E']);
  assert.equal(
    receipt.outcome === 'accepted' && receipt.detail,
    '1 segment, GSM-7, with plain signs for typographic ones',
  );
});

test('Arabic is not touched, and neither is a text that is asked to go as it is written', async () => {
  const arabic = await ask({ status: 200, text: '0' }, { text: 'طلبك “جاهز” – شكرا' });
  assert.deepEqual([fieldOf(arabic.asked, 'SMSText'), fieldOf(arabic.asked, 'SMSLang')], ['طلبك “جاهز” – شكرا', 'A']);
  for (const options of [{ smart_encoding: false }, { encoding: 'unicode' }]) {
    const { receipt, asked } = await ask({ status: 200, text: '0' }, { text: 'it’s', options });
    assert.deepEqual([fieldOf(asked, 'SMSText'), fieldOf(asked, 'SMSLang')], ['it’s', 'A']);
    assert.equal(receipt.outcome === 'accepted' && receipt.detail, '1 segment, UCS-2');
  }
  const plain = await ask({ status: 200, text: '0' }, { text: 'plain', options: { encoding: 'unicode' } });
  assert.equal(fieldOf(plain.asked, 'SMSLang'), 'A');
});

test('a text that may only be GSM-7 and is not is never sent', async () => {
  const { receipt, asked } = await ask({ status: 200, text: '0' }, { text: 'Ready 🎉', options: { encoding: 'gsm' } });
  assert.equal(receipt.outcome === 'refused' && receipt.error.code, 'not_gsm');
  assert.equal(asked, undefined);
});

test('VictoryLink is told another of the approved names; Notify can not be', async () => {
  const { asked } = await ask({ status: 200, text: '0' }, { options: { sender: 'NileTea' } });
  assert.equal(fieldOf(asked, 'SMSSender'), 'NileTea');
  const refused = await ask({ status: 200, json: {} }, { credentials: notify, options: { sender: 'NileTea' } });
  assert.equal(refused.receipt.outcome === 'refused' && refused.receipt.error.code, 'sender');
  assert.equal(refused.asked, undefined);
});

test('options say what they take', async () => {
  const schema = await channel.options?.();
  assert.ok(schema);
  for (const good of [{}, { smart_encoding: false }, { encoding: 'gsm', sender: 'NileCoffee' }])
    assert.equal(readFields(schema, good).ok, true);
  const wrong: [object, string, RegExp][] = [
    [{ smart_encoding: 'no' }, 'smart_encoding', /true or false/],
    [{ encoding: 'utf8' }, 'encoding', /one of auto, gsm, unicode/],
    [{ sender: 'ThirteenSigns' }, 'sender', /1 to 12/],
    [{ colour: 'red' }, '', /no field 'colour'/],
  ];
  for (const [options, path, words] of wrong) {
    const read: ReturnType<typeof readFields> = readFields(schema, options);
    assert.ok(!read.ok);
    assert.equal(read.misfit.path.join('.'), path);
    assert.match(read.misfit.words, words);
  }
});

test('a template goes as the text it is filled in to', async () => {
  const template = {
    type: 'template',
    template: { name: 'ready', language: 'en' },
    text: 'Mona, it is ready',
  } as const;
  assert.equal(await channel.check(template), undefined);
  const provider = await startProvider(() => ({ status: 200, text: '0' }));
  const account = accountOf(cases, provider.url) as ConnectedAccount<Credentials>;
  const receipt = await channel.send({ reference: `${reference}.1`, to: cases.to, body: template }, account);
  await provider.close();
  assert.equal(receipt.outcome, 'accepted');
  assert.equal(fieldOf(provider.requests[0], 'SMSText'), 'Mona, it is ready');
});

async function probed(
  reply: Reply,
  credentials: unknown = cases.credentials,
): Promise<{ probe: Probe | undefined; asked: Captured | undefined }> {
  const provider = await startProvider(() => reply);
  try {
    const account = accountOf({ ...cases, credentials }, provider.url) as ConnectedAccount<Credentials>;
    return { probe: await channel.probe?.(account), asked: provider.requests[0] };
  } finally {
    await provider.close();
  }
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
