import type { OrganizationId } from '../domain/id.ts';
import { AwsError, awsRequest, retrying } from './aws.ts';
import { setting } from './environment.ts';
import { connectionKey, connectionPartition } from './keys/organization.ts';
import { deleteItem, putItem, queryAll } from './table.ts';

/** API Gateway closes a WebSocket after two hours; what it forgets to tell us expires soon after. */
const CONNECTION_TTL_S = 2 * 3600 + 600;
/**
 * Until its handshake is over, API Gateway knows nothing of a connection, and what is posted to it is `gone` as for one that has been:
 * https://repost.aws/knowledge-center/410-gone-api-gateway. It waits 29 s for the function that lets it in.
 */
const HANDSHAKE_MS = 30_000;

/** Who listens, and since when (ms): from a moment before the handshake is over. */
export interface Listening {
  id: string;
  since: number;
}

export async function saveConnection(organization: OrganizationId, connectionId: string): Promise<void> {
  await putItem(connectionKey(organization, connectionId), { ttl: Math.floor(Date.now() / 1000) + CONNECTION_TTL_S });
}

export async function listConnections(organization: OrganizationId): Promise<Listening[]> {
  const listening: Listening[] = [];
  for await (const { sk, ttl } of queryAll({ partition: connectionPartition(organization) }))
    listening.push({ id: String(sk), since: (Number(ttl) - CONNECTION_TTL_S) * 1000 });
  return listening;
}

/**
 * Sends to one connection, up to three times while it is before `until` (ms): a client that misses the last frame for a while learns so only from the next one.
 * `gone`: the client has left, and its connection has been forgotten; or it is not there yet, and reads what there is when it is.
 */
export async function post(
  organization: OrganizationId,
  { id, since }: Listening,
  text: string,
  until: number,
): Promise<'sent' | 'gone'> {
  try {
    await retrying(() => postToConnection(id, text), until);
    return 'sent';
  } catch (error) {
    if (!(error instanceof AwsError) || error.status !== 410) throw error;
    if (Date.now() - since > HANDSHAKE_MS) await deleteItem(connectionKey(organization, id));
    return 'gone';
  }
}

/** PostToConnection of the WebSocket's management API. */
export async function postToConnection(connectionId: string, text: string): Promise<void> {
  await awsRequest({
    service: 'execute-api',
    endpoint: setting('WEBSOCKET_ENDPOINT'),
    method: 'POST',
    path: `/@connections/${encodeURIComponent(connectionId)}`,
    headers: { 'content-type': 'application/json' },
    body: text,
  });
}
