import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { returnPathIn, returnPathOf } from '@parley/core/channels/email/return-path.ts';
import { newMessageId, parseMessageId } from '@parley/core/domain/id.ts';
import type { ConversationId } from '@parley/core/domain/id.ts';
import { read, SECRET } from './reading.ts';

const conversation = (uuid: string) => `conv_${uuid}` as ConversationId;

test('a return path says which attempt it was made for, in capitals too', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 35 }), (uuid, attempt) => {
      const id = newMessageId(conversation(uuid));
      const address = returnPathOf('bounce-nile-shop@in.parley.example', `${id}.${attempt}`, SECRET) ?? '';
      assert.ok(address.indexOf('@') <= 64, address);
      const start = parseMessageId(id)?.uuid.replaceAll('-', '').slice(0, 16);
      const expected = { conversation: conversation(uuid), start, attempt };
      assert.deepEqual(returnPathIn(address, SECRET), expected);
      assert.deepEqual(returnPathIn(address.toUpperCase(), SECRET), expected);
    }),
  );
});

test('nobody makes one up: any other character in it, or another secret, and it says nothing', () => {
  const address =
    returnPathOf(
      'bounce@in.parley.example',
      `${newMessageId(conversation(fc.sample(fc.uuid(), 1)[0] ?? ''))}.1`,
      SECRET,
    ) ?? '';
  assert.ok(returnPathIn(address, SECRET));
  assert.equal(returnPathIn(address, 'another secret'), undefined);
  for (let at = 'bounce+'.length; address[at] !== '@'; at++) {
    const changed = address.slice(0, at) + (address[at] === 'a' ? 'b' : 'a') + address.slice(at + 1);
    assert.equal(returnPathIn(changed, SECRET), undefined, changed);
  }
});

test('any address at all is looked at without a fault', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^b\+[0-9a-z]{47}@x\.example$/)), (address) => {
      assert.equal(returnPathIn(address, SECRET), undefined);
    }),
  );
});

test('what can not be said in one has none: too many attempts, too long an address', () => {
  const id = newMessageId(conversation('019aa000-0000-5000-8000-000000000002'));
  assert.equal(returnPathOf('bounce@in.parley.example', `${id}.36`, SECRET), undefined);
  assert.equal(returnPathOf(`${'b'.repeat(17)}@in.parley.example`, `${id}.1`, SECRET), undefined);
  assert.ok(returnPathOf(`${'b'.repeat(16)}@in.parley.example`, `${id}.1`, SECRET));
});

test('a server that writes no report, and nothing of what it is about, is understood by the return path alone', async () => {
  const reference = `${newMessageId(conversation('019aa000-0000-5000-8000-000000000002'))}.1`;
  const to = returnPathOf('bounce@in.parley.example', reference, SECRET) ?? '';
  const write = async (subject: string, text: string) =>
    (await read(`From: Mail System <system@mx.example>\nSubject: ${subject}\n\n${text}\n`, { from: '', to: [to] }))
      .mail;
  const failed = await write('Delivery failed', 'Your mail could not be delivered: 550 5.1.1 no such user');
  assert.ok(failed.kind === 'report' && failed.verdicts[0]?.error?.code === 'no_such_address');
  assert.ok(failed.about[0] && 'returnPath' in failed.about[0]);
  for (const [subject, text] of [
    ['Away', 'I am back on Sunday. Call +20 2 550 1234'],
    ['\u200fرد تلقائي: طلب', 'لم يتم التسليم؟ rejected 550 5.1.1'],
    ['Ticket 550 - opened', 'We have your mail'],
  ] as const)
    assert.equal((await write(subject, text)).kind, 'message', subject);
});
