import assert from 'node:assert/strict';
import test from 'node:test';
import { startApi, allowAnother, rawRequest } from './start-api.ts';

test('a structured answer sets status, headers, cookies and body', async (t) => {
  const { url } = await startApi(t, () => ({
    statusCode: 206,
    headers: { 'Content-Type': 'application/json', 'Content-Range': '0-1/2', 'Content-Length': '99', 'bad name': 'x' },
    cookies: ['a=1', 'b=2; Path=/'],
    body: Buffer.from('[1]').toString('base64'),
    isBase64Encoded: true,
  }));
  const response = await fetch(`${url}/rest/x`);
  assert.equal(response.status, 206);
  assert.equal(response.headers.get('content-range'), '0-1/2');
  assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2; Path=/']);
  assert.match(response.headers.get('apigw-requestid') ?? '', /=$/);
  assert.deepEqual(await response.json(), [1]);
});

test('an answer without a status is the body of a 200 in JSON', async (t) => {
  const answers: unknown[] = ['plain', { a: 1 }, null, 7];
  const { url } = await startApi(t, () => answers.shift());
  for (const expected of ['plain', '{"a":1}', 'null', '7']) {
    const response = await fetch(`${url}/rest/x`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.equal(await response.text(), expected);
  }
});

test('a malformed answer and a failed function are a 500 that says nothing', async (t) => {
  const malformed = [
    { statusCode: '200' },
    { statusCode: 200, body: {} },
    { statusCode: 99 },
    { statusCode: 200, headers: { a: ['b'] } },
  ];
  const { url } = await startApi(t, () => malformed.shift() ?? Promise.reject(new Error('secret')));
  for (let count = 0; count < 5; count++) {
    const response = await fetch(`${url}/rest/x`);
    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), { message: 'Internal Server Error' });
  }
});

test('a function past the deadline is a 503, a body past the limit a 413', async (t) => {
  const { url, events } = await startApi(t, () => new Promise(() => undefined), { timeoutMs: 20, maxBodyBytes: 10 });
  const late = await fetch(`${url}/rest/x`);
  assert.deepEqual([late.status, await late.json()], [503, { message: 'Service Unavailable' }]);
  const large = await fetch(`${url}/rest/x`, { method: 'POST', body: 'x'.repeat(11) });
  assert.deepEqual([large.status, await large.json()], [413, { message: 'Request Entity Too Large' }]);
  assert.equal(events.length, 1);
});

test('HEAD has the headers without the body, and an unknown path is left to the front', async (t) => {
  const { url, events } = await startApi(t, () => ({ statusCode: 200, body: 'four' }));
  const response = await fetch(`${url}/rest/x`, { method: 'HEAD' });
  assert.deepEqual([response.status, response.headers.get('content-length'), await response.text()], [200, '4', '']);
  assert.equal(response.headers.get('content-type'), 'text/plain;charset=UTF-8');
  assert.equal((await fetch(`${url}/nowhere`)).status, 404);
  assert.equal((await fetch(`${url}/hooks/a`)).status, 404);
  assert.deepEqual(
    events.map((event) => event.requestContext.http.method),
    ['HEAD'],
  );
});

test('with CORS configured the gateway answers preflights and owns the CORS headers', async (t) => {
  const cors = {
    AllowOrigins: ['https://app.test'],
    AllowMethods: ['GET', 'PATCH'],
    AllowHeaders: ['apikey'],
    ExposeHeaders: ['content-range'],
    MaxAge: 60,
  };
  const { url, events } = await startApi(t, allowAnother, { cors });
  const preflight = await rawRequest(
    `${url}/rest/x`,
    [
      ['Origin', 'https://app.test'],
      ['Access-Control-Request-Method', 'PATCH'],
    ],
    'OPTIONS',
  );
  assert.equal(preflight.statusCode, 204);
  assert.equal(preflight.headers['access-control-allow-origin'], 'https://app.test');
  assert.equal(preflight.headers['access-control-allow-methods'], 'GET,PATCH');
  assert.equal(preflight.headers['access-control-allow-headers'], 'apikey');
  assert.equal(preflight.headers['access-control-max-age'], '60');
  const refused = await rawRequest(
    `${url}/rest/x`,
    [
      ['Origin', 'https://evil.test'],
      ['Access-Control-Request-Method', 'GET'],
    ],
    'OPTIONS',
  );
  assert.deepEqual([refused.statusCode, refused.headers['access-control-allow-origin']], [204, undefined]);
  assert.equal(events.length, 0);
  const allowed = await rawRequest(`${url}/rest/x`, [['Origin', 'https://app.test']]);
  assert.equal(allowed.headers['access-control-allow-origin'], 'https://app.test');
  assert.equal(allowed.headers['access-control-expose-headers'], 'content-range');
  const other = await rawRequest(`${url}/rest/x`, [['Origin', 'https://evil.test']]);
  assert.equal(other.headers['access-control-allow-origin'], undefined);
});
