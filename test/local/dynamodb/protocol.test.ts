import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { crc32 } from 'node:zlib';
import { startEndpoint } from './endpoint.ts';

const { dynamo, close } = await startEndpoint();
after(close);

function post(
  target: string,
  body: string,
  headers: Record<string, string> = { authorization: 'AWS4-HMAC-SHA256 x' },
): Promise<Response> {
  const type = 'application/x-amz-json-1.0';
  return fetch(dynamo.url, {
    method: 'POST',
    body,
    headers: { 'content-type': type, 'x-amz-target': target, ...headers },
  });
}

async function failure(response: Response): Promise<[number, string]> {
  const body = (await response.json()) as { __type: string };
  return [response.status, body.__type];
}

test('an answer carries its id and its checksum', async () => {
  const response = await post('DynamoDB_20120810.ListTables', '{}');
  const body = Buffer.from(await response.arrayBuffer());
  assert.equal(response.status, 200);
  assert.deepEqual(JSON.parse(body.toString()), { TableNames: [] });
  assert.equal(response.headers.get('x-amz-crc32'), String(crc32(body)));
  assert.match(String(response.headers.get('x-amzn-requestid')), /^[0-9a-f-]{36}$/);
  assert.equal(response.headers.get('content-type'), 'application/x-amz-json-1.0');
});

const type = (code: string): string => `com.amazonaws.dynamodb.v20120810#${code}`;

test('a request must be signed by someone', async () => {
  const response = await post('DynamoDB_20120810.ListTables', '{}', {});
  assert.deepEqual(await failure(response), [400, type('MissingAuthenticationTokenException')]);
});

for (const [what, target, body, code] of [
  ['an unknown operation', 'DynamoDB_20120810.Guess', '{}', 'UnknownOperationException'],
  ['no operation', '', '{}', 'UnknownOperationException'],
  ['an operation of the other service', 'DynamoDBStreams_20120810.PutItem', '{}', 'UnknownOperationException'],
  ['no JSON', 'DynamoDB_20120810.ListTables', '{', 'SerializationException'],
  ['JSON that is no object', 'DynamoDB_20120810.ListTables', '[]', 'SerializationException'],
  ['a member of another type', 'DynamoDB_20120810.ListTables', '{"Limit":"1"}', 'SerializationException'],
  ['a missing member', 'DynamoDB_20120810.GetItem', '{"TableName":"abc"}', 'ValidationException'],
  [
    'a value of another type',
    'DynamoDB_20120810.GetItem',
    '{"TableName":"abc","Key":{"a":{"S":1}}}',
    'SerializationException',
  ],
  [
    'a value of two types',
    'DynamoDB_20120810.GetItem',
    '{"TableName":"abc","Key":{"a":{"S":"","N":"1"}}}',
    'ValidationException',
  ],
  ['a value of no type', 'DynamoDB_20120810.GetItem', '{"TableName":"abc","Key":{"a":{}}}', 'ValidationException'],
  [
    'bytes that are not base64',
    'DynamoDB_20120810.GetItem',
    '{"TableName":"abc","Key":{"a":{"B":"?"}}}',
    'SerializationException',
  ],
] as const)
  test(`refuses ${what}`, async () => {
    assert.deepEqual(await failure(await post(target, body)), [400, type(code)]);
  });

test('refuses more than 16 MB', async () => {
  const response = await post('DynamoDB_20120810.ListTables', `{"x":"${'x'.repeat(16 * 1024 * 1024)}"}`);
  assert.deepEqual(await failure(response), [400, type('SerializationException')]);
});
