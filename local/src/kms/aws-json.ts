import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type * as z from 'zod/mini';
import { readBody } from '../http-api/loopback.ts';

/** An error as AWS names it: `NotFoundException` with its text. */
type AwsFault = { code: string; message: string };

/** What an operation came to. */
export type AwsAnswer = { ok: true; output: unknown } | { ok: false; fault: AwsFault };

/** One operation on an already parsed JSON body. */
export type AwsOperation = (input: unknown) => Promise<AwsAnswer>;

/** Success with the operation's output. */
export function done(output: unknown): AwsAnswer {
  return { ok: true, output };
}

/** Refusal with AWS's error name. */
export function refuse(code: string, message: string): AwsAnswer {
  return { ok: false, fault: { code, message } };
}

/** Checks the input by a schema before running; an input that doesn't fit is refused with `invalidCode`. */
export function operation<T>(
  schema: z.ZodMiniType<T>,
  run: (input: T) => AwsAnswer | Promise<AwsAnswer>,
  invalidCode = 'ValidationException',
): AwsOperation {
  return async (input) => {
    const parsed = schema.safeParse(input);
    return parsed.success ? run(parsed.data) : refuse(invalidCode, describeIssues(parsed.error.issues));
  };
}

/** Serves the AWS JSON 1.1 protocol: POST with `X-Amz-Target: <service>.<operation>`. */
export function awsJson(service: string, operations: Record<string, AwsOperation>): RequestListener {
  return (request, response) => {
    respond(service, operations, request, response).catch(() => response.destroy());
  };
}

/** AWS's wording for inputs that don't fit. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const found = issues.map(
    ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
  );
  return `${found.length} validation error${found.length === 1 ? '' : 's'} detected: ${found.join('; ')}`;
}

async function respond(
  service: string,
  operations: Record<string, AwsOperation>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, 1024 * 1024);
  const answer = await run(service, operations, request, body);
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  if (answer.ok) {
    response.writeHead(200, headers).end(JSON.stringify(answer.output));
    return;
  }
  const { code, message } = answer.fault;
  response.writeHead(code === 'InternalFailure' ? 500 : 400, { ...headers, 'x-amzn-errortype': code });
  response.end(JSON.stringify({ __type: code, message }));
}

async function run(
  service: string,
  operations: Record<string, AwsOperation>,
  request: IncomingMessage,
  body: Buffer | 'too-large',
): Promise<AwsAnswer> {
  const [target, name = ''] = String(request.headers['x-amz-target']).split('.');
  const chosen = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (target !== service || chosen === undefined)
    return refuse('UnknownOperationException', `Unknown operation: ${name}`);
  if (body === 'too-large') return refuse('SerializationException', 'Request too large');
  const input = parse(body);
  if (input === undefined) return refuse('SerializationException', 'Body is not JSON');
  return chosen(input).catch(() => refuse('InternalFailure', 'internal error'));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
