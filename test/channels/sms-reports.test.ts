import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import type { InboundEvent, WebhookRequest } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/sms/index.ts';
import { normalise } from '@parley/core/channels/sms/normalise.ts';
import { webhook } from './cases/cases.ts';
import { cases } from './cases/sms/index.ts';
import { ask, fieldOf, reference, webhookUrl } from './sms-rig.ts';

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
