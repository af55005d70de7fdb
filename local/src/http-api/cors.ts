import type { IncomingMessage } from 'node:http';
import type { Reply } from './reply.ts';

/** The CorsConfiguration of an `AWS::ApiGatewayV2::Api`. MaxAge is in seconds. */
export type CorsConfiguration = {
  AllowOrigins?: readonly string[];
  AllowMethods?: readonly string[];
  AllowHeaders?: readonly string[];
  ExposeHeaders?: readonly string[];
  AllowCredentials?: boolean;
  MaxAge?: number;
};

/** True for the OPTIONS request a browser sends before a cross-origin one. The gateway answers it, not the function. */
export function isPreflight(request: IncomingMessage): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers.origin !== undefined &&
    request.headers['access-control-request-method'] !== undefined
  );
}

/** 204, with the allowances when the origin is allowed, else without any. */
export function preflightReply(cors: CorsConfiguration, origin: string | undefined): Reply {
  const allowed = originHeaders(cors, origin);
  const headers = allowed === undefined ? {} : { ...allowed, ...preflightHeaders(cors) };
  return { status: 204, headers, cookies: [], body: Buffer.alloc(0) };
}

/** Replaces the function's own CORS headers by the configured ones, as HTTP APIs do once CORS is configured. */
export function withCorsHeaders(reply: Reply, cors: CorsConfiguration, origin: string | undefined): Reply {
  const own = Object.entries(reply.headers).filter(([name]) => !name.startsWith('access-control-'));
  const expose = listHeader('access-control-expose-headers', cors.ExposeHeaders);
  const allowed = originHeaders(cors, origin);
  return { ...reply, headers: { ...Object.fromEntries(own), ...(allowed && { ...allowed, ...expose }) } };
}

function originHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> | undefined {
  if (origin === undefined || !cors.AllowOrigins?.some((allowed) => matchesOrigin(allowed, origin))) return undefined;
  return {
    'access-control-allow-origin': cors.AllowOrigins.includes('*') ? '*' : origin,
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
  };
}

function matchesOrigin(allowed: string, origin: string): boolean {
  const wildcardAt = allowed.indexOf('*');
  if (wildcardAt < 0) return allowed.toLowerCase() === origin.toLowerCase();
  return origin.startsWith(allowed.slice(0, wildcardAt)) && origin.endsWith(allowed.slice(wildcardAt + 1));
}

function preflightHeaders(cors: CorsConfiguration): Record<string, string> {
  return {
    ...listHeader('access-control-allow-methods', cors.AllowMethods),
    ...listHeader('access-control-allow-headers', cors.AllowHeaders),
    ...listHeader('access-control-expose-headers', cors.ExposeHeaders),
    ...(cors.MaxAge === undefined ? {} : { 'access-control-max-age': String(cors.MaxAge) }),
  };
}

function listHeader(name: string, values: readonly string[] | undefined): Record<string, string> {
  return values === undefined || values.length === 0 ? {} : { [name]: values.join(',') };
}
