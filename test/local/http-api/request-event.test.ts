import assert from 'node:assert/strict';
import test from 'node:test';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { fc } from '../../support/properties.ts';
import { startApi, echo, rawRequest } from './start-api.ts';

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

test('a request over 6 MB with its base64 is a 413, as it is for Lambda', async (t) => {
  const { url, events } = await startApi(t, echo);
  const body = Buffer.alloc(5 * 1024 * 1024);
  const response = await fetch(`${url}/rest/x`, { method: 'POST', headers: { 'content-type': 'image/png' }, body });
  assert.equal(response.status, 413);
  assert.equal(events.length, 0);
});
