import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { AttributeValue, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { createTable, key, n, refused, s, sorted, startEndpoint } from './endpoint.ts';

const { client, close } = await startEndpoint();
after(close);
await createTable(client, 'things');

const NUMBERS = ['-1e20', '-10', '-9.5', '-1', '-0.001', '0', '0.5', '1', '1.01', '2', '9', '10', '100', '1e20'];
for (const number of NUMBERS.toReversed())
  await client.send(
    new PutItemCommand({
      TableName: 'things',
      Item: { ...key('p', number), even: { BOOL: Number(number) % 2 === 0 } },
    }),
  );

type Values = Record<string, AttributeValue>;

async function query(
  input: Partial<QueryCommandInput>,
): Promise<{ sks: string[]; next: Values | undefined; scanned: number | undefined }> {
  const answer = await client.send(new QueryCommand({ TableName: 'things', ...input }));
  const sks = (answer.Items ?? []).map((item) => String(item['sk']?.N));
  return { sks, next: answer.LastEvaluatedKey, scanned: answer.ScannedCount };
}

const RANGES: [string, Values, (value: number) => boolean][] = [
  ['pk = :p', {}, () => true],
  [':p = pk AND sk = :a', { ':a': n('1.010') }, (v) => v === 1.01],
  ['pk = :p AND sk < :a', { ':a': n(1) }, (v) => v < 1],
  ['pk = :p AND sk <= :a', { ':a': n(1) }, (v) => v <= 1],
  ['sk > :a AND pk = :p', { ':a': n('-1') }, (v) => v > -1],
  ['(pk = :p) AND (:a <= sk)', { ':a': n('-1') }, (v) => v >= -1],
  ['pk = :p AND sk BETWEEN :a AND :b', { ':a': n('-9.5'), ':b': n(10) }, (v) => v >= -9.5 && v <= 10],
];

for (const [condition, values, includes] of RANGES)
  test(`query: ${condition}`, async () => {
    const wanted = NUMBERS.map(Number).filter(includes);
    const input = { KeyConditionExpression: condition, ExpressionAttributeValues: { ':p': s('p'), ...values } };
    assert.deepEqual((await query(input)).sks.map(Number), wanted);
    assert.deepEqual((await query({ ...input, ScanIndexForward: false })).sks.map(Number), wanted.toReversed());
  });

for (const forward of [true, false])
  test(`pages ${forward ? 'forward' : 'backward'} visit everything once, though the start was deleted meanwhile`, async () => {
    const input = {
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': s('p') },
      ScanIndexForward: forward,
    };
    const whole = (await query(input)).sks;
    const second = await query({ ...input, Limit: 5, ExclusiveStartKey: key('p', forward ? '-9.7' : '50') });
    assert.deepEqual(second.sks, whole.slice(2, 7));
    const seen: string[] = [];
    let start: Values | undefined;
    do {
      const page = await query({ ...input, Limit: 4, ExclusiveStartKey: start });
      seen.push(...page.sks);
      start = page.next;
    } while (start);
    assert.deepEqual(seen, whole);
  });

test('a limit that ends exactly at the last item still gives a place to go on from', async () => {
  const input = {
    KeyConditionExpression: 'pk = :p AND sk > :a',
    ExpressionAttributeValues: { ':p': s('p'), ':a': n(50) },
    Limit: 2,
  };
  const page = await query(input);
  assert.deepEqual(page, {
    sks: ['100', '100000000000000000000'],
    next: key('p', '100000000000000000000'),
    scanned: 2,
  });
  assert.deepEqual(await query({ ...input, ExclusiveStartKey: page.next }), { sks: [], next: undefined, scanned: 0 });
});

test('a filter drops items after the limit counted them', async () => {
  const input = {
    KeyConditionExpression: 'pk = :p',
    FilterExpression: 'even = :t',
    ExpressionAttributeValues: { ':p': s('p'), ':t': { BOOL: true } },
    Limit: 6,
  };
  assert.deepEqual(await query(input), { sks: ['-100000000000000000000', '-10', '0'], next: key('p', 0), scanned: 6 });
});

test('COUNT returns no items', async () => {
  const answer = await client.send(
    new QueryCommand({
      TableName: 'things',
      Select: 'COUNT',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': s('p') },
    }),
  );
  assert.deepEqual([answer.Count, answer.Items], [NUMBERS.length, undefined]);
});

test('string sort keys: begins_with, and order by UTF-8 bytes', async () => {
  await createTable(client, 'texts', {
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: undefined,
    LocalSecondaryIndexes: undefined,
  });
  const texts = ['a', 'a#', 'a#1', 'a#10', 'b', 'é', '\u{ffff}', '😀'];
  for (const text of texts.toReversed())
    await client.send(new PutItemCommand({ TableName: 'texts', Item: { pk: s('p'), sk: s(text) } }));
  const find = async (KeyConditionExpression: string, values: Values = {}): Promise<(string | undefined)[]> => {
    const command = new QueryCommand({
      TableName: 'texts',
      KeyConditionExpression,
      ExpressionAttributeValues: { ':p': s('p'), ...values },
    });
    return (await client.send(command)).Items?.map((item) => item['sk']?.S) ?? [];
  };
  assert.deepEqual(await find('pk = :p'), texts);
  assert.deepEqual(await find('pk = :p AND begins_with(sk, :s)', { ':s': s('a#') }), ['a#', 'a#1', 'a#10']);
});

const REFUSED: [Partial<QueryCommandInput>, RegExp][] = [
  [{}, /KeyConditionExpression parameter must be specified/],
  [{ KeyConditionExpression: 'sk = :p' }, /missed key schema element: pk/],
  [{ KeyConditionExpression: 'pk > :p' }, /Query key condition not supported/],
  [{ KeyConditionExpression: 'pk = :p AND more = :p' }, /missed key schema element: sk/],
  [{ KeyConditionExpression: 'pk = :p OR sk = :p' }, /Invalid operator used in KeyConditionExpression: OR/],
  [{ KeyConditionExpression: 'pk = :p AND sk <> :p' }, /Invalid operator used in KeyConditionExpression: <>/],
  [
    { KeyConditionExpression: 'pk = :p AND contains(sk, :p)' },
    /Invalid operator used in KeyConditionExpression: contains/,
  ],
  [{ KeyConditionExpression: 'pk = :p AND sk = :p' }, /parameter type does not match schema type/],
  [{ KeyConditionExpression: 'pk = :p AND pk = :p' }, /only contain one condition per key/],
  [{ KeyConditionExpression: 'pk = :p AND size(sk) = :p' }, /cannot contain nested operations/],
  [
    { KeyConditionExpression: 'pk = :p', FilterExpression: 'sk = :p' },
    /only contain non-primary key attributes: Primary key attribute: sk/,
  ],
  [{ KeyConditionExpression: 'pk = :p', IndexName: 'nothing' }, /does not have the specified index: nothing/],
  [{ KeyConditionExpression: 'pk = :p', Limit: 0 }, /'limit' failed to satisfy constraint/],
  [{ KeyConditionExpression: 'pk = :p', Select: 'SPECIFIC_ATTRIBUTES' }, /when choosing to get SPECIFIC_ATTRIBUTES/],
  [{ KeyConditionExpression: 'pk = :p', ExclusiveStartKey: { pk: s('p') } }, /starting key is invalid/],
  [{ KeyConditionExpression: 'pk = :p', ExclusiveStartKey: key('other') }, /starting key is outside query boundaries/],
];

for (const [input, message] of REFUSED)
  test(`refused: ${JSON.stringify(input)}`, async () => {
    const values = input.KeyConditionExpression === undefined ? {} : { ExpressionAttributeValues: { ':p': s('p') } };
    await refused(query({ ...input, ...values }), message);
  });

test('legacy parameters are refused, never ignored', async () => {
  const legacy = { KeyConditions: { pk: { ComparisonOperator: 'EQ' as const, AttributeValueList: [s('p')] } } };
  await assert.rejects(query(legacy), /legacy parameter KeyConditions is not supported/);
});

test('a page ends before it exceeds 1 MB, to the byte', async () => {
  for (const sk of [1, 2, 3]) await Promise.all(['big', 'all'].map((pk) => putOf(pk, sk, 256 * 1024)));
  await Promise.all([putOf('big', 4, 256 * 1024 + 1), putOf('all', 4, 256 * 1024)]);
  await putOf('all', 5, 11);
  const pages = ['big', 'all'].map((pk) =>
    query({ KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': s(pk) } }),
  );
  const [over, full] = await Promise.all(pages);
  assert.deepEqual([over?.sks.length, over?.next], [3, key('big', 3)]);
  assert.deepEqual([full?.sks.length, full?.next], [4, key('all', 4)]);
});

test('segments of a scan share the items out, each page going on where the last ended', async () => {
  await createTable(client, 'many');
  const wanted = Array.from({ length: 60 }, (_, i) => `p${i}`);
  for (const pk of wanted) await client.send(new PutItemCommand({ TableName: 'many', Item: key(pk) }));
  const bySegment = await Promise.all([0, 1, 2].map((Segment) => scanAll({ Segment, TotalSegments: 3, Limit: 7 })));
  assert.ok(bySegment.every((found) => found.length > 0));
  assert.deepEqual(sorted(bySegment.flat()), wanted.toSorted());
  assert.deepEqual(bySegment.flat(), await scanAll({}));
  await assert.rejects(scanAll({ Segment: 3, TotalSegments: 3 }), /Segment: 3 is not less than TotalSegments: 3/);
});

async function scanAll(input: object): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  let start: Values | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: 'many', ExclusiveStartKey: start, ...input }));
    found.push(...(page.Items ?? []).map((item) => item['pk']?.S));
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}

/** An item has 10 bytes beside its value: `pk`, `big`, `sk`, a number of one digit (2) and `v` (Developer Guide, "Item sizes and formats"). */
async function putOf(pk: string, sk: number, bytes: number): Promise<void> {
  await client.send(
    new PutItemCommand({ TableName: 'things', Item: { ...key(pk, sk), v: s('v'.repeat(bytes - 10)) } }),
  );
}
