import assert from 'node:assert/strict';
import test from 'node:test';
import { channel } from '@parley/core/channels/sms/index.ts';
import { readFields } from '@parley/core/domain/fields.ts';
import { ask, fieldOf, notify } from './sms-rig.ts';

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

test('a text of which nothing would be left is refused before it is sent', async () => {
  for (const text of ['\u200b', ' \u2060\u200b ', '\ufeff']) {
    const problem = await channel.check({ type: 'text', text });
    assert.deepEqual([problem?.code, problem?.details], ['missing', 'message'], JSON.stringify(text));
  }
  assert.equal(await channel.check({ type: 'text', text: 'a\u200bb' }), undefined);
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
