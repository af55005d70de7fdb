import type { OrganizationId } from '../domain/id.ts';
import { AwsError, awsRequest } from './aws.ts';
import { setting } from './environment.ts';
import { connectionKey, connectionPartition } from './keys/organization.ts';
import { deleteItem, putItem, queryAll } from './table.ts';

/** API Gateway closes a WebSocket after two hours; what it forgets to tell us expires soon after. */
const CONNECTION_TTL_S = 2 * 3600 + 600;

export async function saveConnection(organization: OrganizationId, connectionId: string): Promise<void> {
  await putItem(connectionKey(organization, connectionId), { ttl: Math.floor(Date.now() / 1000) + CONNECTION_TTL_S });
}

export async function listConnections(organization: OrganizationId): Promise<string[]> {
  const ids: string[] = [];
  for await (const item of queryAll({ partition: connectionPartition(organization) })) ids.push(String(item['sk']));
  return ids;
}

/** Sends to one connection. `gone`: the client has left, and its connection has been forgotten. */
export async function post(organization: OrganizationId, connectionId: string, text: string): Promise<'sent' | 'gone'> {
  try {
    await postToConnection(connectionId, text);
    return 'sent';
  } catch (error) {
    if (!(error instanceof AwsError) || error.status !== 410) throw error;
    await deleteItem(connectionKey(organization, connectionId));
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
