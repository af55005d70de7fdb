import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { DynamoDbError } from './errors.ts';

/** A request of the JSON 1.0 protocol: its `X-Amz-Target` and its body. */
export type Call = { target: string; operation: string; input: unknown };

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Reads a call. The signature is not checked, but there has to be one. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const body = await readBody(request);
  if (request.headers.authorization === undefined)
    throw new DynamoDbError(
      'MissingAuthenticationTokenException',
      'Request must contain either a valid (registered) AWS access key ID or X.509 certificate.',
    );
  const target = String(request.headers['x-amz-target'] ?? '');
  return { target, operation: target.slice(target.indexOf('.') + 1), input: parseBody(body) };
}

export function answer(response: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': bytes.length,
    'x-amzn-requestid': randomUUID(),
    'x-amz-crc32': crc32(bytes),
  });
  response.end(bytes);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES)
    throw new DynamoDbError('SerializationException', 'Request size exceeded the limit of 16 MB');
  return Buffer.concat(chunks).toString();
}

function parseBody(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Answered below, together with JSON that is no object.
  }
  throw new DynamoDbError('SerializationException', 'The request body is not a JSON object');
}
