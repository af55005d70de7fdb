import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Row, TestCloud } from './cloud.ts';

/** What the socket says: a step of the feed. */
export interface Frame {
  seq: number;
  changes: { type: string; data: Row }[];
}

export interface Listener {
  socket: WebSocket;
  /** everything heard, in order */
  frames: Frame[];
  /** the rows of one type of event, of one message or conversation when `id` is given */
  rows(type: string, id?: string): Row[];
}

/** A client that listens; `credential` is the query it connects with. Throws with the status when it is refused. */
export async function listen(cloud: TestCloud, credential: Record<string, string>): Promise<Listener> {
  const socket = new WebSocket(`${cloud.access.realtime_url}?${new URLSearchParams(credential).toString()}`);
  cloud.clients.push(socket);
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
  await once(socket, 'open');
  return {
    socket,
    frames,
    rows: (type, id) =>
      frames
        .flatMap(({ changes }) => changes)
        .filter((change) => change.type === type)
        .map(({ data }) => data)
        .filter((row) => id === undefined || row.id === id || row['conversation_id'] === id),
  };
}
