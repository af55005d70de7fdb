import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** One call to a provider, its path below the provider's own prefix. */
export interface Call {
  method: string;
  /** `/v26.0/123/messages`, still percent-encoded, without the query */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** the provider's address as the caller sees it, without a closing slash */
  base: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string;
  /** what the request log shows of it */
  shown: unknown;
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
    shown: value,
  };
}

export function file(type: string, bytes: Uint8Array): Answer {
  return { status: 200, headers: { 'content-type': type }, body: bytes, shown: { bytes: bytes.length, type } };
}

export function empty(status: number): Answer {
  return { status, headers: {}, body: '', shown: null };
}

/** The control API's refusal. */
export function problem(status: number, code: string, message: string): Answer {
  return json(status, { code, message, details: null, hint: null });
}

/** The largest body any provider takes (WhatsApp documents) plus its envelope. */
const largestBody = 110 * 1024 * 1024;

/** The whole body, or undefined when it is larger than any provider takes. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function write(response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
  response.end(answer.body);
}

export function header(call: Pick<Call, 'headers'>, name: string): string | undefined {
  const value = call.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function bearer(call: Pick<Call, 'headers'>): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(header(call, 'authorization') ?? '')?.[1];
}

/** The parts of a path, decoded: `/a/b%20c` is `['a', 'b c']`. */
export function partsOf(path: string): string[] {
  return path.split('/').filter(Boolean).map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
