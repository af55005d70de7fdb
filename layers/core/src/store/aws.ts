import { setTimeout as delay } from 'node:timers/promises';
import { setting } from './environment.ts';
import { signedHeaders } from './sign.ts';

/**
 * AWS calls of the per-message functions: signed here and sent over one kept-alive connection. The SDK's document client
 * costs four times the CPU per call and 75 ms of a cold start; everything that is not called per message uses the SDK.
 */

type JsonService = 'dynamodb' | 'sqs' | 'kms';

const targets: Record<JsonService, { prefix: string; version: string }> = {
  dynamodb: { prefix: 'DynamoDB_20120810', version: '1.0' },
  sqs: { prefix: 'AmazonSQS', version: '1.0' },
  kms: { prefix: 'TrentService', version: '1.1' },
};

/** An AWS service's refusal. `name` is its error code, `body` its whole answer. */
export class AwsError extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    const type = typeof body['__type'] === 'string' ? body['__type'] : 'UnknownError';
    super(typeof body['message'] === 'string' ? body['message'] : `AWS answered ${status}`);
    this.name = type.slice(type.lastIndexOf('#') + 1);
    this.status = status;
    this.body = body;
  }
}

/** Calls one operation of a JSON service. Throws AwsError. */
export async function awsJson<Output>(service: JsonService, operation: string, input: object): Promise<Output> {
  const { prefix, version } = targets[service];
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${prefix}.${operation}` };
  const answer = await retrying(() =>
    awsRequest({
      service,
      endpoint: endpointOf(service),
      method: 'POST',
      path: '/',
      headers,
      body: JSON.stringify(input),
    }),
  );
  return (answer.text === '' ? {} : JSON.parse(answer.text)) as Output;
}

export interface AwsRequest {
  service: string;
  endpoint: string;
  method: string;
  path: string;
  /** lower-case names */
  headers?: Record<string, string>;
  body?: string;
}

interface Answer {
  status: number;
  text: string;
}

/** One signed request. Throws AwsError for any answer that is not 2xx. */
export async function awsRequest(call: AwsRequest): Promise<Answer> {
  const url = new URL(call.endpoint.replace(/\/$/, '') + call.path);
  const { service, method, body = '' } = call;
  const headers = signedHeaders({ service, method, url, headers: call.headers ?? {}, body });
  const answer = await exchange(url, { service, method, body, headers });
  if (answer.status < 300) return answer;
  throw new AwsError(answer.status, parseError(answer.text));
}

/** The service's own endpoint, or the one that AWS_ENDPOINT_URL_<SERVICE> names, as in every AWS SDK. */
export function endpointOf(service: string): string {
  return (
    process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ??
    `https://${service}.${setting('AWS_REGION')}.amazonaws.com`
  );
}

// An import statement reads every export of a module, and some of node:http's load undici and HTTP/2: 18 ms of a cold start.
const http = process.getBuiltinModule('node:http');
const https = process.getBuiltinModule('node:https');
const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
const TIMEOUT_MS = 5_000;

/** Members of the address one by one, and headers as a list: Node copies what it is given several times, and a URL and an object are slow to copy. */
function exchange(url: URL, { service, method, body, headers }: Required<Omit<AwsRequest, 'endpoint' | 'path'>>) {
  const { protocol, hostname: host, port, pathname, search } = url;
  const [client, agent] = protocol === 'https:' ? [https, agents['https:']] : [http, agents['http:']];
  const fields = [...Object.entries(headers).flat(), 'content-length', String(Buffer.byteLength(body))];
  const options = { host, port, path: pathname + search, method, headers: fields, agent, timeout: TIMEOUT_MS };
  return new Promise<Answer>((resolve, reject) => {
    const request = client.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error(`${service} did not answer in ${TIMEOUT_MS} ms`)));
    request.on('error', reject);
    request.end(body);
  });
}

function parseError(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { message: text.slice(0, 200) };
  }
}

const ATTEMPTS = 3;

/** Throttling, 5xx and broken connections pass; every write we make is conditional or idempotent, so asking again is safe. After `until` (ms) nobody does. */
export async function retrying<T>(attempt: () => Promise<T>, until = Infinity): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === ATTEMPTS || !isTransient(error) || Date.now() > until) throw error;
      await delay(Math.random() * 50 * 2 ** tries);
    }
  }
}

const PASSING = /Throttl|ThroughputExceeded|TooManyRequests|RequestLimit|TransactionConflict|TransactionInProgress/;

function isTransient(error: unknown): boolean {
  if (!(error instanceof AwsError)) return true;
  return error.status >= 500 || error.status === 429 || PASSING.test(error.name) || isCancelledForNow(error);
}

/** A transaction that met another one, or a throttle, and no condition of its own that failed. */
function isCancelledForNow({ body }: AwsError): boolean {
  const reasons = (body['CancellationReasons'] ?? []) as { Code: string }[];
  const codes = reasons.map(({ Code }) => Code).filter((code) => code !== 'None');
  return codes.length > 0 && codes.every((code) => PASSING.test(code));
}
