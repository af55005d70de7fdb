import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, suite, test } from 'node:test';
import { listenAt, stop } from '../support/loopback.ts';
import type { OrganizationId } from '@parley/core/domain/id.ts';
import { AwsError, awsJson } from '@parley/core/store/aws.ts';
import { post } from '@parley/core/store/connections.ts';

const BROKEN = 0;
const answers: { status: number; body: object }[] = [];
let calls = 0;
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    calls += 1;
    const { status, body } = answers.shift() ?? { status: 200, body: { done: true } };
    if (status === BROKEN) request.socket.destroy();
    else response.writeHead(status).end(JSON.stringify(body));
  });
});
process.env['AWS_REGION'] = 'us-east-1';
process.env['AWS_ACCESS_KEY_ID'] = 'local';
process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
process.env['AWS_ENDPOINT_URL_DYNAMODB'] = await listenAt(server);
process.env['WEBSOCKET_ENDPOINT'] = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
process.env['TABLE_NAME'] = 'own';

suite('what AWS refuses for now is asked again', () => {
  after(() => stop(server));

  for (const [why, status, body] of [
    ['a throttle', 400, { __type: 'x#ProvisionedThroughputExceededException' }],
    ['a fault of its own', 500, { __type: 'x#InternalServerError' }],
    ['a write to an item of a running transaction', 400, { __type: 'x#TransactionConflictException' }],
    ['a transaction that met another one', 400, cancelled('None', 'TransactionConflict')],
    ['a throttled transaction', 400, cancelled('ThrottlingError', 'TransactionConflict')],
  ] as const) {
    test(why, async () => {
      calls = 0;
      answers.push({ status, body });
      assert.deepEqual(await awsJson('dynamodb', 'TransactWriteItems', {}), { done: true });
      assert.equal(calls, 2);
    });
  }

  for (const [why, body] of [
    ['a wrong request', { __type: 'x#ValidationException' }],
    ['a condition that fails', { __type: 'x#ConditionalCheckFailedException' }],
    ['a transaction with a condition that fails', cancelled('ConditionalCheckFailed', 'TransactionConflict')],
    ['a transaction that is wrong', cancelled('ValidationError', 'None')],
  ] as const) {
    test(`not again: ${why}`, async () => {
      calls = 0;
      answers.push({ status: 400, body });
      await assert.rejects(awsJson('dynamodb', 'TransactWriteItems', {}), AwsError);
      assert.equal(calls, 1);
    });
  }

  for (const [why, status] of [
    ['a client that has too much waiting', 429],
    ['a fault of its own', 500],
    ['a connection that was kept too long', BROKEN],
  ] as const) {
    test(`a frame: ${why}`, async () => {
      calls = 0;
      answers.push({ status, body: { message: 'not now' } });
      assert.equal(await tell(0, Infinity), 'sent');
      assert.equal(calls, 2);
    });
  }

  test('not again: a frame whose time is over', async () => {
    calls = 0;
    answers.push({ status: 500, body: {} });
    await assert.rejects(tell(0, Date.now() - 1), AwsError);
    assert.equal(calls, 1);
  });

  test('gone is forgotten, and not while its handshake may last', async () => {
    for (const [age, asked] of [
      [0, 1],
      [60_000, 2],
    ] as const) {
      calls = 0;
      answers.push({ status: 410, body: { message: 'Gone' } });
      assert.equal(await tell(Date.now() - age, Infinity), 'gone');
      assert.equal(calls, asked, `${age}`);
    }
  });
});

function tell(since: number, until: number): Promise<'sent' | 'gone'> {
  return post('org_1' as OrganizationId, { id: 'one=', since }, '{}', until);
}

function cancelled(...codes: string[]): object {
  return {
    __type: 'x#TransactionCanceledException',
    CancellationReasons: codes.map((Code) => ({ Code })),
  };
}
