import type { OrganizationId } from '../../domain/id.ts';
import type { Row } from '../../domain/rows.ts';
import { listConnections, post } from '../../store/connections.ts';
import type { Listening } from '../../store/connections.ts';
import type { Change } from '../../store/feed.ts';
import { inParallel } from '../parallel.ts';

/** A change for the feed, with the row that connected clients are told. */
export interface News {
  change: Change;
  row: Row;
}

/** One thing that changed, with what it is now. */
export interface LiveChange {
  type: Change['type'];
  data: Row;
}

/** API Gateway takes a message of 128 KB at most: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const MOST_BYTES = 128 * 1024;
/** For so long what went wrong for now is tried again: the stream waits meanwhile. */
const RETRIES_MS = 10_000;

/**
 * Tells everyone of the organization who is connected, in one frame: each costs as much as a request. `seq` is the feed's number of these changes: the
 * feed keeps what a client misses, so one that can't be reached delays nobody. Who is connected is asked when the feed has them already: whoever connects later finds
 * them there. Answers what went wrong, for the log.
 */
export async function push(organization: OrganizationId, seq: number, changes: LiveChange[]): Promise<unknown[]> {
  const connections = await listConnections(organization);
  const frames = connections.length === 0 ? [] : framesOf(seq, changes);
  const until = Date.now() + RETRIES_MS;
  const outcomes = await inParallel(connections, (connection) => pushTo(organization, connection, frames, until));
  return outcomes.filter((outcome) => outcome !== undefined);
}

/** As few frames as hold the changes. One that is too large for any is left out, and the frame says that there is `more` in the feed. */
export function framesOf(seq: number, changes: LiveChange[]): string[] {
  const most = MOST_BYTES - Buffer.byteLength(frameOf(seq, [], true));
  const texts = changes.map((change) => JSON.stringify(change));
  const fitting = texts.filter((text) => sizeOf(text) <= most);
  const frames: string[][] = [[]];
  let room = most;
  for (const text of fitting) {
    if (sizeOf(text) > room) {
      frames.push([]);
      room = most;
    }
    frames.at(-1)?.push(text);
    room -= sizeOf(text);
  }
  return frames.map((frame) => frameOf(seq, frame, fitting.length < texts.length));
}

/** With the comma that follows it. */
function sizeOf(text: string): number {
  return Buffer.byteLength(text) + 1;
}

function frameOf(seq: number, changes: string[], more: boolean): string {
  return `{"seq":${seq},"changes":[${changes.join(',')}]${more ? ',"more":true' : ''}}`;
}

/** In order, because a client shows what it is told in the order it is told. */
async function pushTo(
  organization: OrganizationId,
  connection: Listening,
  frames: string[],
  until: number,
): Promise<unknown> {
  try {
    for (const frame of frames) {
      if ((await post(organization, connection, frame, until)) === 'gone') break;
    }
    return undefined;
  } catch (error) {
    return error;
  }
}
