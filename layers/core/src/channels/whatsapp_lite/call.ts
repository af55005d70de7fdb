import type { EvolutionCredentials, GatewayCredentials } from './credentials.ts';

/** One request to an account's provider; `path` is below its address. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: Record<string, unknown>;
}

type Parts = Pick<Call, 'method' | 'path' | 'body'>;

/** A request to WAHA's API. */
export function toWaha({ api_key }: Pick<GatewayCredentials, 'api_key'>, { path, ...parts }: Parts): Call {
  return { ...parts, path: `api/${path}`, headers: { 'x-api-key': api_key } };
}

/** A request to Evolution's API, about the account's instance. */
export function toEvolution({ instance, api_key }: EvolutionCredentials, { path, ...parts }: Parts): Call {
  return { ...parts, path: `${path}/${encodeURIComponent(instance)}`, headers: { apikey: api_key } };
}
