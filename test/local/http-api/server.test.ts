import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import test, { type TestContext } from 'node:test';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as fc from 'fast-check';
import { listenOnLoopback } from '@parley/local/http-api/loopback.ts';
import { createHttpApi, type HttpApiOptions } from '@parley/local/http-api/server.ts';

/** An API with one function `answer`, behind a front that says 404 where no route matches. */
async function startApi(
  t: TestContext,
  answer: (event: APIGatewayProxyEventV2) => unknown,
  more: Partial<HttpApiOptions> = {},
) {
  const events: APIGatewayProxyEventV2[] = [];
  const api = createHttpApi({
    routes: [
      { method: 'POST', path: '/hooks/{account}', functionName: 'hook' },
      { method: 'ANY', path: '/rest/{proxy+}', functionName: 'rest' },
    ],
    apiId: 'api',
    async invoke(_, event) {
      events.push(event as APIGatewayProxyEventV2);
      return { ok: true, payload: await answer(event as APIGatewayProxyEventV2) };
    },
    ...more,
  });
  const server = await listenOnLoopback((request, response) => {
    void api(request, response).then((handled) => handled || response.writeHead(404).end());
  });
  t.after(() => server.close());
  return { url: server.url, events };
}

const allowAnother = () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'https://x' }, body: '' });

const echo = (event: APIGatewayProxyEventV2) => ({ statusCode: 200, body: JSON.stringify(event) });

function rawRequest(url: string, headers: [string, string][], method = 'GET'): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { method, headers: [['Host', new URL(url).host], ...headers].flat() }, (response) =>
      resolve(response.resume()),
    )
      .on('error', reject)
      .end();
  });
}

test('the event has the fields of payload format 2.0', async (t) => {
  const { url, events } = await startApi(t, echo, { now: () => Date.UTC(2020, 2, 12, 19, 3, 58) });
  await fetch(`${url}/hooks/acc%5F1?a=1&a=2&b=x%20y+z`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Test': 'One', 'user-agent': 'test' },
    body: '{"n":1}',
  });
  const { headers, requestContext, ...event } = events[0] as APIGatewayProxyEventV2;
  assert.deepEqual(event, {
    version: '2.0',
    routeKey: 'POST /hooks/{account}',
    rawPath: '/hooks/acc_1',
    rawQueryString: 'a=1&a=2&b=x%20y+z',
    queryStringParameters: { a: '1,2', b: 'x y z' },
    pathParameters: { account: 'acc_1' },
    body: '{"n":1}',
    isBase64Encoded: false,
  });
  assert.equal(headers['x-test'], 'One');
  assert.equal(headers['content-length'], '7');
  assert.equal(headers['x-forwarded-for'], '127.0.0.1');
  const { requestId, ...context } = requestContext;
  assert.match(requestId, /^[\w-]{15}=$/);
  const domainName = new URL(url).host;
  assert.deepEqual(context, {
    accountId: '000000000000',
    apiId: 'api',
    domainName,
    domainPrefix: '127',
    http: { method: 'POST', path: '/hooks/acc_1', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
    routeKey: 'POST /hooks/{account}',
    stage: '$default',
    time: '12/Mar/2020:19:03:58 +0000',
    timeEpoch: 1584039838000,
  });
});

test('repeated headers are joined by commas, cookies leave the headers', async (t) => {
  const { url, events } = await startApi(t, echo);
  await rawRequest(`${url}/rest/x`, [
    ['X-Many', 'a'],
    ['x-many', 'b'],
    ['Cookie', 'a=1; b=2'],
  ]);
  assert.equal(events[0]?.headers['x-many'], 'a,b');
  assert.equal(events[0]?.headers['cookie'], undefined);
  assert.deepEqual(events[0]?.cookies, ['a=1', 'b=2']);
  assert.equal(events[0]?.body, undefined);
});

test('body bytes survive exactly, whatever they are and whatever they are called', async (t) => {
  const { url, events } = await startApi(t, echo);
  const types = ['application/json', 'text/plain; charset=latin1', 'image/png', 'application/x-www-form-urlencoded'];
  const property = fc.asyncProperty(fc.uint8Array({ minLength: 1 }), fc.constantFrom(...types), async (bytes, type) => {
    await fetch(`${url}/rest/x`, { method: 'POST', headers: { 'content-type': type }, body: Buffer.from(bytes) });
    const event = events.at(-1);
    assert.deepEqual(Buffer.from(event?.body ?? '', event?.isBase64Encoded ? 'base64' : 'utf8'), Buffer.from(bytes));
  });
  await fc.assert(property, { numRuns: 60 });
});

test('what is not text arrives as base64: other types, forms, and JSON that is not UTF-8', async (t) => {
  const { url, events } = await startApi(t, echo);
  const encoded = async (type: string, body: Uint8Array<ArrayBuffer>) => {
    await fetch(`${url}/rest/x`, { method: 'POST', headers: { 'content-type': type }, body });
    return events.at(-1)?.isBase64Encoded;
  };
  const text = Buffer.from('{"a":"é"}');
  assert.equal(await encoded('application/json; charset=utf-8', text), false);
  assert.equal(await encoded('application/vnd.api+json', text), false);
  assert.equal(await encoded('text/csv', text), false);
  assert.equal(await encoded('application/octet-stream', text), true);
  assert.equal(await encoded('application/x-www-form-urlencoded', text), true);
  assert.equal(await encoded('application/json', Buffer.from([0x22, 0xff, 0x22])), true);
});

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

test('a request over 6 MB with its base64 is a 413, as it is for Lambda', async (t) => {
  const { url, events } = await startApi(t, echo);
  const body = Buffer.alloc(5 * 1024 * 1024);
  const response = await fetch(`${url}/rest/x`, { method: 'POST', headers: { 'content-type': 'image/png' }, body });
  assert.equal(response.status, 413);
  assert.equal(events.length, 0);
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
