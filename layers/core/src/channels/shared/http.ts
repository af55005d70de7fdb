import { parseJson } from './read.ts';

/** A JSON object as it goes to a provider. */
export type Json = Record<string, unknown>;

/** One request to a provider. `timeoutMs` covers everything up to the last byte of the answer. */
export interface ProviderRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  /** JSON text, or bytes of the content type that `headers` name */
  body?: string | Uint8Array<ArrayBuffer>;
  timeoutMs: number;
}

/** What a provider answered, whatever its status. */
export interface ProviderAnswer {
  kind: 'answer';
  status: number;
  headers: Headers;
  /** undefined when the answer is not JSON or is larger than 1 MB */
  json: unknown;
  /** as it came, for a provider that answers in another way; absent when it is larger than 1 MB */
  text?: string;
}

/** `not_sent`: nothing reached the provider. `unknown`: the request may have been taken, the answer is lost. */
export interface Silence {
  kind: 'not_sent' | 'unknown';
  code: string;
}

const MAX_ANSWER_BYTES = 1024 * 1024;

/** Failures that come before the first byte of the request leaves. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** Asks once. Redirects are not followed: a provider's API has none, and a credential must not travel to another host. */
export async function callProvider(request: ProviderRequest): Promise<ProviderAnswer | Silence> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: headersOf(request),
      body: request.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    return { kind: 'answer', status: response.status, headers: response.headers, ...(await read(response)) };
  } catch (failure) {
    const code = codeOf(failure);
    return { kind: NOT_SENT.has(code) ? 'not_sent' : 'unknown', code };
  }
}

/** Where a path lies on a server, whose own address may end with a slash. */
export function urlAt(baseUrl: string, path: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/${path}`;
}

/** A form as bytes, with the header that names where its parts begin. */
export async function encodeForm(form: FormData): Promise<Required<Pick<ProviderRequest, 'headers' | 'body'>>> {
  const encoded = new Response(form);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  return { headers, body: new Uint8Array(await encoded.arrayBuffer()) };
}

/** The wait a provider asks for: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), as ms. */
export function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/**
 * `connection: close`, because a kept socket may have died while the function was frozen, and a request lost on a dead
 * socket can't be told from one that was taken.
 */
function headersOf(request: ProviderRequest): Record<string, string> {
  const type = request.body === undefined ? undefined : { 'content-type': 'application/json' };
  return { accept: 'application/json', connection: 'close', 'user-agent': 'Parley', ...type, ...request.headers };
}

async function read(response: Response): Promise<{ json: unknown; text?: string }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) return { json: undefined };
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return { json: parseJson(text), text };
}

/** fetch hides the reason in `cause`; a host with several addresses gives an AggregateError that carries the first code. */
function codeOf(failure: unknown): string {
  if (!(failure instanceof Error)) return 'UNKNOWN';
  if (failure.name === 'TimeoutError') return 'TIMEOUT';
  const cause = failure.cause instanceof Error ? failure.cause : failure;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
