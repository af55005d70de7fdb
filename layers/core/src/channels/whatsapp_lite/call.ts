import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { callProvider, urlAt, type ProviderAnswer, type Silence } from '../shared/http.ts';
import type { EvolutionCredentials, GatewayCredentials } from './credentials.ts';

/** One request to an account's provider; `path` is below its address. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: Record<string, unknown>;
}

/** A gateway fetches a file's link before it answers. */
const TIMEOUT_MS = 25_000;

type Parts = Pick<Call, 'method' | 'path' | 'body'>;

/** A request to WAHA's API. */
export function toWaha({ api_key }: Pick<GatewayCredentials, 'api_key'>, { path, ...parts }: Parts): Call {
  return { ...parts, path: `api/${path}`, headers: { 'x-api-key': api_key } };
}

/** A request to Evolution's API, about the account's instance. */
export function toEvolution({ instance, api_key }: EvolutionCredentials, { path, ...parts }: Parts): Call {
  return { ...parts, path: `${path}/${encodeURIComponent(instance)}`, headers: { apikey: api_key } };
}

/** Asks an account's provider once. */
export function ask({ baseUrl }: Pick<ConnectedAccount, 'baseUrl'>, call: Call): Promise<ProviderAnswer | Silence> {
  const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) };
  const url = urlAt(baseUrl, call.path);
  return callProvider({ method: call.method, url, headers: call.headers, timeoutMs: TIMEOUT_MS, ...body });
}

/** It took what it was asked. */
export function isOk(answer: ProviderAnswer | Silence): answer is ProviderAnswer {
  return answer.kind === 'answer' && answer.status >= 200 && answer.status <= 299;
}
