import * as v from 'valibot';
import { callProvider, type ProviderAnswer, type Silence } from './http.ts';
import type { Failures } from './meta-errors.ts';
import { idText, maybe, number, object } from './read.ts';

/** Where Graph is asked for one of the products. */
export interface GraphServer {
  /** as people call the product */
  label: string;
  baseUrl: string;
  failures: Failures;
}

/** Graph as a page or an account asks it: its id, and the token it acts with. */
export interface Graph extends GraphServer {
  sender: string;
  token: string;
}

/** One question to Graph. */
export interface GraphCall {
  method: 'GET' | 'POST' | 'DELETE';
  /** below the version */
  path: string;
  query?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  /** 10 s, unless told */
  timeoutMs?: number;
}

/** Answer to a send that was taken; an action has no message. */
export const sent = object({ message_id: maybe(idText), recipient_id: maybe(idText) });

/** Answer to anything refused. */
export const refused = object({
  error: object({ code: number, error_subcode: maybe(number), is_transient: maybe(v.boolean()) }),
});

/** Graph API version; an account's `baseUrl` that ends in a version has its own. */
export const VERSION = 'v26.0';

const TIMEOUT_MS = 10_000;

/** The address of a path of Graph, of `VERSION` unless `baseUrl` says another. */
export function graphUrl(baseUrl: string, path: string, query: Record<string, string> = {}): string {
  const base = baseUrl.replace(/\/+$/, '');
  const url = /\/v\d+\.\d+$/.test(base) ? `${base}/${path}` : `${base}/${VERSION}/${path}`;
  const search = new URLSearchParams(query).toString();
  return search ? `${url}?${search}` : url;
}

/** A server that is not Meta's own, which has all of Meta's hosts in one. */
export function standIn(baseUrl: string | undefined): string | undefined {
  const isMeta = baseUrl === undefined || /^https:\/\/graph\.(facebook|instagram)\.com(\/|$)/.test(baseUrl);
  return isMeta ? undefined : baseUrl.replace(/\/+$/, '');
}

/** Asks Graph once. The token goes in a header, where no log keeps it; there is none yet while an account is being connected. */
export function callGraph(
  { baseUrl, token }: Pick<GraphServer, 'baseUrl'> & { token?: string },
  { method, path, query, body, headers, timeoutMs = TIMEOUT_MS }: GraphCall,
): Promise<ProviderAnswer | Silence> {
  return callProvider({
    method,
    url: graphUrl(baseUrl, path, query),
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && { body }),
    timeoutMs,
  });
}
