import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { AttributeValue, ReturnValue } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { createTable, key, n, refused, s, startEndpoint } from './endpoint.ts';

const { client, close } = await startEndpoint();
after(close);
await createTable(client, 'things');

type Values = Record<string, AttributeValue>;

const BEFORE: Values = {
  ...key('thing'),
  tally: n(5),
  phrase: s('t'),
  letters: { L: [s('a'), s('b'), s('c')] },
  doc: { M: { p: n(1), q: { M: {} } } },
  people: { SS: ['ann', 'bob'] },
};

/** Updates a fresh copy of BEFORE. */
async function update(
  expression: string | undefined,
  values?: Values,
  returns: ReturnValue = 'ALL_NEW',
): Promise<Values | undefined> {
  await client.send(new PutItemCommand({ TableName: 'things', Item: BEFORE }));
  const command = new UpdateItemCommand({
    TableName: 'things',
    Key: key('thing'),
    UpdateExpression: expression,
    ExpressionAttributeValues: values,
    ReturnValues: returns,
  });
  return (await client.send(command)).Attributes;
}

const one = { ':v': n(1) };

const CHANGES: [string, Values | undefined, Values][] = [
  ['SET fresh = :v', one, { fresh: n(1) }],
  ['SET tally = tally + :v', one, { tally: n(6) }],
  ['SET tally = :v - tally', one, { tally: n(-4) }],
  ['SET tally = (if_not_exists(absent, :v) + tally)', one, { tally: n(6) }],
  [
    'SET phrase = if_not_exists(phrase, :v), fresh = if_not_exists(absent, if_not_exists(gone, :v))',
    one,
    { fresh: n(1) },
  ],
  [
    'SET letters = list_append(:l, letters)',
    { ':l': { L: [n(0)] } },
    { letters: { L: [n(0), s('a'), s('b'), s('c')] } },
  ],
  ['SET letters[1] = :v REMOVE letters[0]', one, { letters: { L: [n(1), s('c')] } }],
  ['REMOVE letters[0], letters[2], letters[9]', undefined, { letters: { L: [s('b')] } }],
  [
    'SET letters[9] = :v, letters[7] = :w',
    { ':v': n(9), ':w': n(7) },
    { letters: { L: [s('a'), s('b'), s('c'), n(7), n(9)] } },
  ],
  ['SET doc.q.r = :v REMOVE doc.p', one, { doc: { M: { q: { M: { r: n(1) } } } } }],
  ['ADD tally :v, fresh :v, doc.p :v', one, { tally: n(6), fresh: n(1), doc: { M: { q: { M: {} }, p: n(2) } } }],
  ['ADD people :v', { ':v': { SS: ['bob', 'cas'] } }, { people: { SS: ['ann', 'bob', 'cas'] } }],
  ['DELETE people :v', { ':v': { SS: ['bob', 'cas'] } }, { people: { SS: ['ann'] } }],
  ['DELETE absent :v', { ':v': { SS: ['bob'] } }, {}],
  ['ADD tally :v SET fresh = tally', one, { tally: n(6), fresh: n(5) }],
  ['set phrase=:v remove absent', one, { phrase: n(1) }],
];

for (const [expression, values, changed] of CHANGES)
  test(`update: ${expression}`, async () => {
    assert.deepEqual(await update(expression, values), { ...BEFORE, ...changed });
  });

test('taking the last member of a set takes the attribute', async () => {
  const after = await update('DELETE people :v', { ':v': { SS: ['ann', 'bob'] } });
  assert.equal(after?.['people'], undefined);
});

const REFUSED: [string, RegExp, Values?][] = [
  ['SET', /Syntax error; token: "<EOF>"/],
  ['SET phrase = :v,', /Syntax error; token: "<EOF>", near: ","/, one],
  ['PUT phrase = :v', /Syntax error; token: "PUT"/, one],
  ['SET phrase = :v SET fresh = :v', /"SET" section can only be used once/, one],
  ['SET phrase = :v, phrase = :v', /paths overlap.*path one: \[phrase\], path two: \[phrase\]/, one],
  ['SET doc.p = :v REMOVE doc', /paths overlap.*\[doc, p\], path two: \[doc\]/, one],
  ['SET doc.p = :v, doc[0] = :v', /paths conflict/, one],
  ['SET pk = :v', /Cannot update attribute pk. This attribute is part of the key/, one],
  ['SET fresh = absent', /refers to an attribute that does not exist/],
  ['SET fresh = absent + :v', /refers to an attribute that does not exist/, one],
  ['SET fresh = phrase + :v', /operand in the update expression has an incorrect data type/, one],
  ['SET fresh = :v + :v', /operator or function: \+, operand type: S/, { ':v': s('x') }],
  ['SET absent.deep = :v', /document path provided in the update expression is invalid/, one],
  ['SET tally.deep = :v', /document path provided in the update expression is invalid/, one],
  ['REMOVE absent.deep', /document path provided in the update expression is invalid/],
  ['SET fresh = list_append(letters, :v)', /list_append, operand type: N/, one],
  ['SET fresh = list_append(letters)', /number of operands: 1/],
  ['SET fresh = if_not_exists(:v, :v)', /requires a document path/, one],
  ['SET fresh = size(phrase)', /not allowed in an update expression; function: size/],
  ['ADD phrase :v', /incorrect data type/, one],
  ['ADD fresh :v', /operator: ADD, operand type: STRING/, { ':v': s('x') }],
  ['ADD people :v', /incorrect data type/, { ':v': { NS: ['1'] } }],
  ['DELETE people :v', /operator: DELETE, operand type: NUMBER/, one],
  ['SET tally = tally + :v', /more than 38 significant digits/, { ':v': n('1e-40') }],
  ['SET score = :v', /Type mismatch for Index Key score/, { ':v': s('x') }],
  ['SET fresh = :v', /Item size to update has exceeded/, { ':v': s('v'.repeat(400 * 1024)) }],
];

for (const [expression, message, values] of REFUSED)
  test(`refused: ${expression}, ${message.source}`, async () => {
    await refused(update(expression, values), message);
    const { Item } = await client.send(new GetItemCommand({ TableName: 'things', Key: key('thing') }));
    assert.deepEqual(Item, BEFORE);
  });

const RETURNS: [ReturnValue, Values | undefined][] = [
  ['NONE', undefined],
  ['ALL_OLD', BEFORE],
  ['UPDATED_OLD', { letters: { L: [s('a')] }, doc: { M: { p: n(1) } } }],
  ['UPDATED_NEW', { letters: { L: [n(1)] }, doc: { M: { p: n(1) } }, fresh: n(1) }],
];

for (const [returns, attributes] of RETURNS)
  test(`returns ${returns}`, async () => {
    const expression = 'SET letters[0] = :v, doc.p = :v, fresh = :v';
    assert.deepEqual(await update(expression, one, returns), attributes);
  });

test('an update of an absent item makes it, even without an expression', async () => {
  const command = new UpdateItemCommand({ TableName: 'things', Key: key('fresh'), ReturnValues: 'ALL_NEW' });
  assert.deepEqual((await client.send(command)).Attributes, key('fresh'));
});
