import type { buildApp } from 'fauxqs';

type App = ReturnType<typeof buildApp>;

/** One rule of a bucket's CORS configuration. One `*` in an origin or a header stands for anything. */
export type CorsRule = {
  origins: readonly string[];
  methods: readonly string[];
  headers: readonly string[];
  exposedHeaders: readonly string[];
  maxAgeSeconds?: number;
};

type Asked = { origin: string; method: string; headers: string[] };

/**
 * Answers browsers of other origins as S3 does: the first rule of the bucket that fits allows the request.
 * Rules: docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html. fauxqs has no CORS.
 */
export function serveCors(app: App, rulesOf: (bucket: string) => readonly CorsRule[]): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    if (origin === undefined) return done();
    const isPreflight = request.method === 'OPTIONS';
    const method = isPreflight ? String(request.headers['access-control-request-method']) : request.method;
    const headers = isPreflight ? listOf(request.headers['access-control-request-headers']) : [];
    const rule = rulesOf(request.url.split(/[/?]/)[1] ?? '').find((each) => fits(each, { origin, method, headers }));
    if (rule) reply.headers(allowances(rule, origin, headers));
    if (!isPreflight) return done();
    reply.code(rule ? 200 : 403).send();
  });
}

function fits(rule: CorsRule, { origin, method, headers }: Asked): boolean {
  return (
    rule.origins.some((pattern) => matches(pattern, origin)) &&
    rule.methods.includes(method) &&
    headers.every((header) => rule.headers.some((pattern) => matches(pattern, header)))
  );
}

function allowances(rule: CorsRule, origin: string, headers: readonly string[]): Record<string, string> {
  return {
    'access-control-allow-origin': rule.origins.includes('*') ? '*' : origin,
    'access-control-allow-methods': rule.methods.join(', '),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    ...(headers.length > 0 && { 'access-control-allow-headers': headers.join(', ') }),
    ...(rule.exposedHeaders.length > 0 && { 'access-control-expose-headers': rule.exposedHeaders.join(', ') }),
    ...(rule.maxAgeSeconds !== undefined && { 'access-control-max-age': String(rule.maxAgeSeconds) }),
  };
}

function matches(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  if (after === undefined) return lower === before;
  return lower.length >= before.length + after.length && lower.startsWith(before) && lower.endsWith(after);
}

function listOf(header: string | undefined): string[] {
  return (header ?? '').split(',').flatMap((name) => name.trim() || []);
}
