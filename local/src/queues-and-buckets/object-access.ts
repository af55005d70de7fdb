import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { buildApp } from 'fauxqs';

type App = ReturnType<typeof buildApp>;
type Asked = { method: string; url: URL; headers: Record<string, string | string[] | undefined> };

const SECRET_ACCESS_KEY = 'local';

/**
 * Objects are private, as in a bucket of ours on AWS: a request is signed by an SDK client, or carries a presigned URL
 * whose signature fits and whose time is not over. fauxqs answers everyone. Also answers the header overrides of
 * presigned URLs (`response-content-disposition`, `response-content-type`).
 * Rules: AWS Signature Version 4, "Authenticating Requests: Using Query Parameters".
 */
export function guardObjects(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    const refusal = request.url === '/' || request.url.startsWith('/health') ? undefined : refusalOf(asked(request));
    if (refusal === undefined) return done();
    reply.code(403).type('application/xml').send(errorXml(refusal));
  });
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { searchParams } = asked(request).url;
    for (const header of ['content-disposition', 'content-type']) {
      const override = searchParams.get(`response-${header}`);
      if (override !== null && reply.statusCode < 300) reply.header(header, override);
    }
    done();
  });
}

function asked(request: { method: string; url: string; headers: Asked['headers'] }): Asked {
  return { method: request.method, url: new URL(request.url, 'http://local'), headers: request.headers };
}

function refusalOf(request: Asked, now = Date.now()): string | undefined {
  const query = request.url.searchParams;
  if (!query.has('X-Amz-Signature')) {
    return request.headers['authorization'] === undefined ? 'Access Denied' : undefined;
  }
  if (expiryOf(query) < now) return 'Request has expired';
  const given = Buffer.from(query.get('X-Amz-Signature') ?? '');
  const expected = Buffer.from(signatureOf(request));
  return given.length === expected.length && timingSafeEqual(given, expected) ? undefined : 'Signature does not match';
}

function expiryOf(query: URLSearchParams): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '') ?? [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const expiry = signedAt + Number(query.get('X-Amz-Expires')) * 1000;
  return Number.isNaN(expiry) ? 0 : expiry;
}

function signatureOf(request: Asked): string {
  const query = request.url.searchParams;
  const [, date = '', region = '', service = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', query.get('X-Amz-Date'), scope, sha256(canonicalRequest(request))].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (previous, step) => createHmac('sha256', previous).update(step).digest(),
    `AWS4${SECRET_ACCESS_KEY}`,
  );
  return createHmac('sha256', key).update(toSign).digest('hex');
}

function canonicalRequest({ method, url, headers }: Asked): string {
  const signedHeaders = url.searchParams.get('X-Amz-SignedHeaders') ?? '';
  const headerLines = signedHeaders.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`);
  const payload = url.searchParams.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  return [method, url.pathname, canonicalQuery(url), headerLines.join(''), signedHeaders, payload].join('\n');
}

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function errorXml(message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
}
