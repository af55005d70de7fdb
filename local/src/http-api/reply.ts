import { isRecord } from '../json.ts';

/** What goes back to the client. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  cookies: readonly string[];
  body: Buffer;
};

/** A gateway's own answer: `{"message": …}`. */
export function gatewayReply(status: number, message: string): Reply {
  return jsonReply(status, JSON.stringify({ message }));
}

/**
 * Reads a function's payload by the rules of format 2.0: without `statusCode` it is the body of a 200 in JSON; with one
 * it must be well formed, else the client gets a 500.
 */
export function replyFromPayload(payload: unknown): Reply {
  if (!isRecord(payload) || payload['statusCode'] === undefined) return inferredReply(payload);
  return structuredReply(payload) ?? gatewayReply(500, 'Internal Server Error');
}

function inferredReply(payload: unknown): Reply {
  return jsonReply(200, typeof payload === 'string' ? payload : JSON.stringify(payload ?? null));
}

function structuredReply(payload: Record<string, unknown>): Reply | undefined {
  const status = payload['statusCode'];
  const headers = readHeaders(payload['headers'] ?? {});
  const cookies = payload['cookies'] ?? [];
  const body = readBytes(payload['body'] ?? '', payload['isBase64Encoded'] ?? false);
  if (!Number.isInteger(status) || typeof status !== 'number' || status < 200 || status > 599) return undefined;
  if (headers === undefined || body === undefined || !isTextList(cookies)) return undefined;
  return { status, headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers }, cookies, body };
}

function readHeaders(headers: unknown): Record<string, string> | undefined {
  if (!isRecord(headers)) return undefined;
  const entries = Object.entries(headers);
  if (!entries.every(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function readBytes(body: unknown, isBase64Encoded: unknown): Buffer | undefined {
  if (typeof body !== 'string' || typeof isBase64Encoded !== 'boolean') return undefined;
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
}

function jsonReply(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(body) };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
