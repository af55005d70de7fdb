import type { OrganizationId } from '../../domain/id.ts';
import type { Row } from '../../domain/rows.ts';
import { listConnections, post } from '../../store/connections.ts';
import { inParallel } from '../parallel.ts';

/** What a connected client is told. `seq` is the feed's number: after a gap it asks the feed from there. */
export interface LiveEvent {
  type:
    | 'message.created'
    | 'message.updated'
    | 'conversation.updated'
    | 'channel_account.updated'
    | 'broadcast.updated';
  seq: number;
  data: Row;
}

/**
 * Tells everyone of the organization who is connected. The feed keeps what a client misses, so one that can't be reached delays nobody; answers
 * what went wrong, for the log.
 */
export async function push(organization: OrganizationId, events: LiveEvent[]): Promise<unknown[]> {
  const connections = await listConnections(organization);
  const texts = events.map((event) => JSON.stringify(event));
  const outcomes = await inParallel(connections, (connection) => pushTo(organization, connection, texts));
  return outcomes.filter((outcome) => outcome !== undefined);
}

/** In order, because a client shows what it is told in the order it is told. */
async function pushTo(organization: OrganizationId, connection: string, texts: string[]): Promise<unknown> {
  try {
    for (const text of texts) {
      if ((await post(organization, connection, text)) === 'gone') break;
    }
    return undefined;
  } catch (error) {
    return error;
  }
}
