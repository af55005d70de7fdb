import assert from 'node:assert/strict';
import test from 'node:test';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { failureResponse, httpHandler, problemResponse } from '@parley/core/edge/http.ts';
import { refuse } from '@parley/core/domain/problem.ts';
import { AwsError } from '@parley/core/store/aws.ts';

const event = {
  rawPath: '/rest/v1/messages',
  rawQueryString: '',
  headers: {},
  routeKey: 'ANY /rest/v1/{proxy+}',
  requestContext: { requestId: 'r1', http: { method: 'GET' } },
} as unknown as APIGatewayProxyEventV2;

/** What a caller gets when the function throws this. */
async function answerTo(error: Error) {
  const failing = httpHandler(async () => {
    throw error;
  });
  const { statusCode, headers, body } = await failing(event);
  return { statusCode, again: headers?.['Retry-After'], code: (JSON.parse(body ?? '') as { code: string }).code };
}

function named(name: string): Error {
  return Object.assign(new Error('what nobody is told'), { name });
}

/** As the store throws it. */
function cancelled(...codes: string[]): Error {
  const body = { CancellationReasons: codes.map((Code) => ({ Code })) };
  return new AwsError(400, { __type: 'x#TransactionCanceledException', ...body });
}

test('a problem that passes says when to ask again, on every surface', () => {
  const { problem } = refuse(409, 'request_running', 'It is still running', { retryAfterS: 15 });
  for (const response of [problemResponse(problem), failureResponse(problem)]) {
    assert.equal(response.statusCode, 409);
    assert.equal(response.headers?.['Retry-After'], '15');
    assert.doesNotMatch(response.body ?? '', /retryAfter/i);
  }
  assert.equal(problemResponse(refuse(404, 'no_message', 'None').problem).headers?.['Retry-After'], undefined);
});

test('where AWS takes no more for now the caller is asked to come again, and not where we failed', async () => {
  for (const name of ['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])
    assert.deepEqual(await answerTo(named(name)), { statusCode: 503, again: '2', code: 'overloaded' }, name);
  for (const reason of ['ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'])
    assert.deepEqual(
      await answerTo(cancelled('None', reason, 'TransactionConflict')),
      { statusCode: 503, again: '2', code: 'overloaded' },
      reason,
    );
  assert.equal((await answerTo(cancelled('None', 'ValidationError'))).statusCode, 500);
  for (const name of ['InternalServerError', 'TypeError'])
    assert.deepEqual(await answerTo(named(name)), { statusCode: 500, again: undefined, code: 'internal_error' }, name);
});

test('a caller without a credential is told what kind is meant', () => {
  const { headers } = problemResponse(refuse(401, 'PGRST302', 'No credential was given').problem);
  assert.equal(headers?.['WWW-Authenticate'], 'Bearer');
});
