import type { IncomingHttpHeaders } from 'node:http';
import { isRecord } from '../json.ts';

/** One call a provider got, as the control API lists it. */
interface LoggedRequest {
  /** ISO 8601 */
  at: string;
  method: string;
  path: string;
  /** credentials redacted to their last 4 characters */
  headers: Record<string, string>;
  body: unknown;
  status: number;
  response: unknown;
  /** the answer was prepared and never arrived */
  lost?: true;
  warning?: string;
}

export interface RequestLog {
  add(request: LoggedRequest): void;
  list(): LoggedRequest[];
  clear(): void;
}

const mostRequests = 2000;

export function createRequestLog(): RequestLog {
  let requests: LoggedRequest[] = [];
  return {
    add: (request) => {
      requests.push(request);
      if (requests.length > mostRequests) requests.shift();
    },
    list: () => requests,
    clear: () => void (requests = []),
  };
}

const secretHeader =
  /^(authorization|cookie|x-api-key|apikey|appapikey|access-token|x-user|x-webhook-secret|x-telegram-bot-api-secret-token)$/i;

const secretField = /^(password|secret|client_secret|auth_code|refresh_token|access_token)$/i;

export function redactHeaders(headers: IncomingHttpHeaders | Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secretHeader.test(name) ? lastFour(String(value)) : String(value),
    ]),
  );
}

/** Some providers want passwords and secrets among the other fields of a body. */
export function redactBody(body: unknown): unknown {
  if (!isRecord(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      secretField.test(name) && typeof value === 'string' ? lastFour(value) : value,
    ]),
  );
}

/** A bot's token stands in its paths, and Graph takes tokens and secrets in the query. */
export function redactPath(path: string): string {
  return path
    .replace(/\/bot(\d+(?::|%3A))([^/?]+)/i, (_whole, id: string, hash: string) => `/bot${id}${lastFour(hash)}`)
    .replaceAll(
      /([?&](?:access_token|client_secret|secret|fb_exchange_token|input_token|code)=)([^&]+)/g,
      (_whole, name: string, secret: string) => name + lastFour(secret),
    );
}

function lastFour(secret: string): string {
  return `…${secret.slice(-4)}`;
}
