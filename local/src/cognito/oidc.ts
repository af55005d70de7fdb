import type { ServerResponse } from 'node:http';
import type { Directory } from './directory.ts';

/** Answers a pool's jwks.json and openid-configuration; 404 for anything else. */
export function serveDiscovery(directory: Directory, path: string, response: ServerResponse): void {
  const [, poolId = '', document] = /^\/([^/]+)\/\.well-known\/([\w.-]+)$/.exec(path) ?? [];
  const key = directory.keys.get(poolId);
  if (!key || !directory.pools.has(poolId)) return sendJson(response, 404, { message: 'Not Found' });
  if (document === 'jwks.json') return sendJson(response, 200, { keys: [key.publicJwk] });
  if (document === 'openid-configuration') return sendJson(response, 200, configuration(directory.issuerOf(poolId)));
  sendJson(response, 404, { message: 'Not Found' });
}

function configuration(issuer: string) {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
  response.end(JSON.stringify(body));
}
