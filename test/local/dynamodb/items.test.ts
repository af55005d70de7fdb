import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createTable, key, n, refused, s, startEndpoint } from './endpoint.ts';

const { client, close } = await startEndpoint();
after(close);
await createTable(client, 'things');

const put = (Item: Record<string, AttributeValue>, more: object = {}): Promise<unknown> =>
  client.send(new PutItemCommand({ TableName: 'things', Item, ...more }));
const get = async (Key: Record<string, AttributeValue>, more: object = {}): Promise<object | undefined> =>
  (await client.send(new GetItemCommand({ TableName: 'things', Key, ...more }))).Item;

test('every type comes back as it went in, numbers in plain digits', async () => {
  const item = {
    ...key('types'),
    empty: s(''),
    bytes: { B: Uint8Array.of(0, 255) },
    flags: { L: [{ BOOL: false }, { NULL: true as const }] },
    sets: { M: { b: { BS: [Uint8Array.of(1), Uint8Array.of(2)] }, s: { SS: ['', 'x'] } } },
    emptyMap: { M: {} },
  };
  await put({ ...item, number: n('-001.50e3'), tiny: n('1e-5'), zero: n('-0'), numbers: { NS: ['1.0', '2'] } });
  assert.deepEqual(await get(key('types')), {
    ...item,
    number: n(-1500),
    tiny: n('0.00001'),
    zero: n(0),
    numbers: { NS: ['1', '2'] },
  });
});

test('a projection returns only what it names, lists close ranks', async () => {
  await put({ ...key('projected'), steps: { L: [n(0), n(1), n(2)] }, doc: { M: { a: n(1), b: n(2) } }, more: n(3) });
  assert.deepEqual(
    await get(key('projected'), {
      ProjectionExpression: 'steps[2], steps[0], doc.a, absent',
    }),
    {
      steps: { L: [n(0), n(2)] },
      doc: { M: { a: n(1) } },
    },
  );
  await assert.rejects(get(key('projected'), { ProjectionExpression: 'a, a.b' }), /paths overlap/);
});

test('put and delete return what was there before', async () => {
  await put({ ...key('old'), v: n(1) });
  assert.deepEqual(await put({ ...key('old'), v: n(2) }, { ReturnValues: 'ALL_OLD' }).then(attributes), {
    ...key('old'),
    v: n(1),
  });
  assert.deepEqual(await remove('old').then(attributes), { ...key('old'), v: n(2) });
  assert.equal(await remove('old').then(attributes), undefined);
  await assert.rejects(put(key('old'), { ReturnValues: 'ALL_NEW' }), { name: 'ValidationException' });
});

const REFUSED: [string, Record<string, AttributeValue>, RegExp][] = [
  ['no sort key', { pk: s('a') }, /Missing the key sk in the item/],
  ['a key of another type', { pk: n(1), sk: n(1) }, /Type mismatch for key pk expected: S actual: N/],
  ['an empty key', { pk: s(''), sk: n(1) }, /cannot contain an empty string value. Key: pk/],
  ['a partition key over 2048 bytes', { pk: s('k'.repeat(2049)), sk: n(1) }, /Size of hashkey has exceeded/],
  [
    'an index key of another type',
    { ...key('a'), score: s('x') },
    /Type mismatch for Index Key score Expected: N Actual: S/,
  ],
  ['an empty index key', { ...key('a'), club: s('') }, /secondary index key is not supported/],
  ['an item over 400 KB', { ...key('a'), v: s('v'.repeat(400 * 1024)) }, /Item size has exceeded/],
  ['an empty set', { ...key('a'), v: { SS: [] } }, /may not be empty/],
  ['a set with the same number twice', { ...key('a'), v: { NS: ['1', '1.0'] } }, /contains duplicates/],
  ['text for a number', { ...key('a'), v: n('one') }, /cannot be converted to a numeric value: one/],
  ['39 digits', { ...key('a'), v: n('1'.repeat(39)) }, /more than 38 significant digits/],
  ['a number too large', { ...key('a'), v: n('1e126') }, /Number overflow/],
  ['a number too small', { ...key('a'), v: n('1e-131') }, /Number underflow/],
  ['a false null', { ...key('a'), v: { NULL: false } }, /must have the value of true/],
  ['33 levels', { ...key('a'), v: nested(33) }, /Nesting Levels/],
];

for (const [what, item, message] of REFUSED)
  test(`refuses ${what}`, async () => {
    await refused(put(item), message);
  });

test('a key must be exactly the schema', async () => {
  for (const wrong of [{ pk: s('a') }, { ...key('a'), more: n(1) }, { pk: s('a'), sk: s('1') }])
    await assert.rejects(get(wrong), /The provided key element does not match the schema/);
});

test('an unknown table is not found', async () => {
  const missing = new GetItemCommand({ TableName: 'nowhere', Key: key('a') });
  await assert.rejects(client.send(missing), { name: 'ResourceNotFoundException' });
});

function nested(levels: number): AttributeValue {
  return levels === 0 ? n(1) : { L: [nested(levels - 1)] };
}

function attributes(answer: unknown): unknown {
  return (answer as { Attributes?: unknown }).Attributes;
}

function remove(pk: string): Promise<unknown> {
  return client.send(new DeleteItemCommand({ TableName: 'things', Key: key(pk), ReturnValues: 'ALL_OLD' }));
}
