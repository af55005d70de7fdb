import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import test from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import { presignedUrl, signedHeaders } from '@parley/core/store/sign.ts';

// The credentials of AWS's published examples.
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});
const now = new Date('2015-08-30T12:36:00Z');

class Sha256 {
  readonly #hash;

  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      key === undefined
        ? createHash('sha256')
        : createHmac('sha256', typeof key === 'string' ? key : Buffer.from(key as Uint8Array));
  }

  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }

  async digest() {
    return new Uint8Array(this.#hash.digest());
  }

  reset() {
    throw new Error('not used');
  }
}

async function signedBySdk(service: string, method: string, url: URL, headers: Record<string, string>, body: string) {
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: false,
  });
  const request = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, ...headers },
    body,
  };
  return signer.sign(request, { signingDate: now });
}

test('the signature is the one the SDK makes', async () => {
  const calls: [string, string, string, Record<string, string>, string][] = [
    [
      'dynamodb',
      'POST',
      'https://dynamodb.us-east-1.amazonaws.com/',
      { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.PutItem' },
      '{"a":"مرحبا"}',
    ],
    [
      'execute-api',
      'POST',
      'https://x.execute-api.us-east-1.amazonaws.com/v1/@connections/L0SM9cOFvHcCIhw%3D',
      {},
      'hello',
    ],
    ['iam', 'GET', 'https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers', {}, ''],
  ];
  for (const [service, method, address, headers, body] of calls) {
    const url = new URL(address);
    const expected = await signedBySdk(service, method, url, headers, body);
    const ours = signedHeaders({ service, method, url, headers, body }, now);
    assert.equal(ours['authorization'], expected.headers['authorization'], service);
  }
});

test("AWS's own example comes out", () => {
  const url = new URL('https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08');
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const { authorization } = signedHeaders({ service: 'iam', method: 'GET', url, headers, body: '' }, now);
  assert.match(String(authorization), /Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7$/);
});

test('a session token is signed along', () => {
  process.env['AWS_SESSION_TOKEN'] = 'token';
  const headers = signedHeaders(
    { service: 'sqs', method: 'POST', url: new URL('https://sqs.us-east-1.amazonaws.com/'), headers: {}, body: '' },
    now,
  );
  const link = presignedUrl(new URL('https://s3.us-east-1.amazonaws.com/bucket/key'), 60, now);
  delete process.env['AWS_SESSION_TOKEN'];
  assert.match(String(headers['authorization']), /SignedHeaders=host;x-amz-date;x-amz-security-token/);
  assert.match(link, /X-Amz-Security-Token=token/);
});

test('a link to a file is the one the SDK makes', async () => {
  const url = new URL('https://s3.us-east-1.amazonaws.com/bucket/org/a%20b.pdf');
  const signer = new SignatureV4({
    service: 's3',
    region: 'us-east-1',
    credentials,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const request = {
    method: 'GET',
    protocol: 'https:',
    hostname: url.hostname,
    path: url.pathname,
    query: {},
    headers: { host: url.host },
    body: undefined,
  };
  const expected = await signer.presign(
    { ...request, headers: { ...request.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
    {
      signingDate: now,
      expiresIn: 3600,
      unhoistableHeaders: new Set(['x-amz-content-sha256']),
      unsignableHeaders: new Set(['x-amz-content-sha256']),
    },
  );
  const ours = new URL(presignedUrl(url, 3600, now));
  assert.equal(ours.searchParams.get('X-Amz-Signature'), expected.query?.['X-Amz-Signature']);
});
