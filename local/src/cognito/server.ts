import { join } from 'node:path';
import { listenOnLoopback, type Loopback } from '../http-api/loopback.ts';
import { awsJson } from '../kms/aws-json.ts';
import { openChallenges } from './challenges.ts';
import type { Client, Directory, Pool } from './directory.ts';
import { serveDiscovery } from './oidc.ts';
import { signInOperations } from './sign-in.ts';
import { loadSigningKeys } from './signing-keys.ts';
import { openStore } from './store.ts';
import { userOperations } from './users.ts';

/**
 * `dir` keeps users, sessions and signing keys. A pool's issuer is `{issuerUrl}/{poolId}`, where `issuerUrl` is the
 * server's own URL unless given; a fixed `port` keeps it the same from run to run. `now` is in epoch milliseconds.
 */
export type CognitoOptions = {
  dir: string;
  pools: readonly Pool[];
  clients: readonly Client[];
  issuerUrl?: string;
  port?: number;
  now?: () => number;
};

/** User pools: the part of Cognito's API that signs people in, and the OpenID Connect issuer of their tokens. */
export async function startCognito({
  dir,
  pools,
  clients,
  issuerUrl,
  port,
  now = Date.now,
}: CognitoOptions): Promise<Loopback> {
  const keys = await loadSigningKeys(
    join(dir, 'signing-keys.json'),
    pools.map(({ id }) => id),
  );
  const store = openStore(join(dir, 'cognito.sqlite'));
  const directory: Directory = {
    pools: new Map(pools.map((pool) => [pool.id, pool])),
    clients: new Map(clients.map((client) => [client.id, client])),
    keys,
    store,
    challenges: openChallenges(),
    issuerOf: (poolId) => `${issuerUrl ?? server.url}/${poolId}`,
    now,
  };
  const operations = { ...userOperations(directory), ...signInOperations(directory) };
  const api = awsJson('AWSCognitoIdentityProviderService', operations);
  const server = await listenOnLoopback((request, response) => {
    if (request.method === 'GET') serveDiscovery(directory, request.url?.split('?', 1)[0] ?? '', response);
    else api(request, response);
  }, port);
  return {
    url: server.url,
    async close() {
      await server.close();
      store.close();
    },
  };
}
