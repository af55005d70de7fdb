import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { createTable, key, n, s, startEndpoint } from './endpoint.ts';

const { client, close } = await startEndpoint();
after(close);
await createTable(client, 'things');

const ITEM: Record<string, AttributeValue> = {
  ...key('thing'),
  phrase: s('héllo'),
  five: n(5),
  steps: { L: [n(1), s('two'), { M: { deep: n(3) } }] },
  doc: { M: { 'a.b': n(1), deeper: { M: {} } } },
  people: { SS: ['ann', 'bob'] },
  packet: { B: Uint8Array.of(1, 2, 3) },
  nothing: { NULL: true },
  yes: { BOOL: true },
};
await client.send(new PutItemCommand({ TableName: 'things', Item: ITEM }));

type Names = Record<string, string>;
type Values = Record<string, AttributeValue> | undefined;

/** `holds`, `fails`, or the error. */
async function check(condition: string, values?: Values, names?: Names): Promise<string> {
  const command = new UpdateItemCommand({
    TableName: 'things',
    Key: key('thing'),
    ConditionExpression: condition,
    ExpressionAttributeValues: values,
    ExpressionAttributeNames: names,
  });
  return client.send(command).then(
    () => 'holds',
    (error: Error) => (error.name === 'ConditionalCheckFailedException' ? 'fails' : `${error.name}: ${error.message}`),
  );
}

const HOLDS: [string, Values?, Names?][] = [
  ['five = :v', { ':v': n('5.0') }],
  ['five <> :v', { ':v': s('5') }],
  ['absent <> :v', { ':v': n(1) }],
  ['NOT absent = :v', { ':v': n(1) }],
  ['five BETWEEN :a AND :b AND five IN (:c, :a, :b, five2) OR five = :b', { ':a': n(1), ':b': n(9), ':c': n(5) }],
  ['five > :a and not five > :b or five = :b', { ':a': n(4), ':b': n(5) }],
  ['phrase > :v', { ':v': s('h') }],
  ['packet >= :v', { ':v': { B: Uint8Array.of(1, 2) } }],
  ['people = :v', { ':v': { SS: ['bob', 'ann'] } }],
  ['attribute_exists(steps[2].deep) AND attribute_not_exists(steps[3])'],
  ['attribute_exists(doc.#dot)', undefined, { '#dot': 'a.b' }],
  ['attribute_not_exists(valueOf) AND attribute_not_exists(doc.toString)'],
  ['attribute_type(nothing, :v)', { ':v': s('NULL') }],
  ['begins_with(phrase, :v)', { ':v': s('hé') }],
  ['begins_with(packet, :v)', { ':v': { B: Uint8Array.of(1, 2) } }],
  ['contains(phrase, :v)', { ':v': s('llo') }],
  ['contains(people, :v)', { ':v': s('ann') }],
  ['contains(steps, :v)', { ':v': { M: { deep: n(3) } } }],
  ['contains(packet, :v)', { ':v': { B: Uint8Array.of(2, 3) } }],
  ['size(phrase) = five AND size(people) = :two AND size(doc) = :two', { ':two': n(2) }],
  ['size(packet) < five AND size(steps) < five AND five < size(:v)', { ':v': s('sixsix') }],
  ['(five) = (:v) AND ((five = :v) OR yes = :v)', { ':v': n(5) }],
  ['steps [ 0 ] = :one AND doc . deeper = :m', { ':one': n(1), ':m': { M: {} } }],
];

const FAILS: [string, Values?][] = [
  ['absent = :v', { ':v': n(1) }],
  ['absent < :v', { ':v': n(1) }],
  ['phrase < :v', { ':v': n(1) }],
  ['absent = gone'],
  ['size(five) > :v', { ':v': n(0) }],
  ['contains(people, :v)', { ':v': { SS: ['ann'] } }],
  ['begins_with(five, :v)', { ':v': s('5') }],
  ['attribute_exists(steps.deep)'],
];

const REFUSED: [string, RegExp, Values?, Names?][] = [
  ['', /expression can not be empty/],
  ['five = 5', /Syntax error; token: "5", near: "= 5"/],
  ['five = :v five', /Syntax error; token: "five", near: ":v five"/, { ':v': n(1) }],
  ['(five = :v', /Syntax error; token: "<EOF>"/, { ':v': n(1) }],
  ['((five = :v))', /redundant parentheses/, { ':v': n(1) }],
  ['_five = :v', /Syntax error; token: "_"/, { ':v': n(1) }],
  ['steps[-1] = :v', /Syntax error; token: "-"/, { ':v': n(1) }],
  ['name = :v', /reserved keyword; reserved keyword: name/, { ':v': n(1) }],
  ['five = :w', /value used in expression is not defined; attribute value: :w/, { ':v': n(1) }],
  ['#five = :v', /name used in the document path is not defined; attribute name: #five/, { ':v': n(1) }],
  ['five = :v', /ExpressionAttributeValues unused in expressions: keys: \{:w\}/, { ':v': n(1), ':w': n(1) }],
  ['five = :v', /ExpressionAttributeNames unused in expressions: keys: \{#x\}/, { ':v': n(1) }, { '#x': 'x' }],
  ['five = five', /first operand must be distinct/],
  ['five < :v', /Incorrect operand type for operator or function; operator or function: </, { ':v': { BOOL: true } }],
  ['five BETWEEN :a AND :b', /upper bound to be greater than or equal/, { ':a': n(2), ':b': n(1) }],
  ['five BETWEEN :a AND :b', /same data type/, { ':a': n(2), ':b': s('3') }],
  ['size(five)', /not allowed to be used this way.*size/],
  ['five = attribute_exists(five)', /not allowed to be used this way/],
  ['attribute_exists(:v)', /requires a document path/, { ':v': s('x') }],
  ['attribute_exists(five, phrase)', /number of operands: 2/],
  ['Size(five) = :v', /Invalid function name; function: Size/, { ':v': n(1) }],
  ['if_not_exists(five, :v) = :v', /not allowed in a condition expression/, { ':v': n(1) }],
  ['attribute_type(five, :v)', /Invalid attribute type name found; type: Q/, { ':v': s('Q') }],
  ['begins_with(phrase, :v)', /begins_with, operand type: N/, { ':v': n(1) }],
  ['attribute_exists(pk.x)', /Key attributes must be scalars/],
];

for (const [condition, values, names] of HOLDS)
  test(`holds: ${condition}`, async () => assert.equal(await check(condition, values, names), 'holds'));

for (const [condition, values] of FAILS)
  test(`fails: ${condition}`, async () => assert.equal(await check(condition, values), 'fails'));

for (const [condition, message, values, names] of REFUSED)
  test(`refused: ${condition || '(empty)'}, ${message.source}`, async () => {
    const answer = await check(condition, values, names);
    assert.match(answer, /^ValidationException: /);
    assert.match(answer, message);
  });

test('every reserved word is refused as a bare name and fine behind a placeholder', async () => {
  for (const word of ['status', 'Timestamp', 'SIZE', 'ttl', 'zone', 'abort'])
    assert.match(await check(`${word} = :v`, { ':v': n(1) }), /reserved keyword/);
  assert.equal(await check('#w <> :v', { ':v': n(1) }, { '#w': 'status' }), 'holds');
});

test('placeholders are not accepted without an expression, nor empty', async () => {
  await assert.rejects(
    put({ ExpressionAttributeNames: { '#a': 'a' } }),
    /can only be specified when using expressions/,
  );
  await assert.rejects(
    put({ ConditionExpression: 'attribute_exists(a)', ExpressionAttributeValues: {} }),
    /ExpressionAttributeValues must not be empty/,
  );
});

test('a failed condition shows the item when asked', async () => {
  const put = new PutItemCommand({
    TableName: 'things',
    Item: key('thing'),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  await assert.rejects(client.send(put), (error: Error & { Item?: Record<string, AttributeValue> }) => {
    assert.equal(error.name, 'ConditionalCheckFailedException');
    assert.deepEqual(error.Item?.['five'], n(5));
    return true;
  });
});

function put(more: object): Promise<unknown> {
  return client.send(new PutItemCommand({ TableName: 'things', Item: key('x'), ...more }));
}
