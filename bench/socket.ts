import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Cloud } from '@parley/local/cloud.ts';

type Access = Cloud['access'];

/** One change, with when it came, as `performance.now()` has it. */
export interface Heard {
  at: number;
  type: string;
  row: Record<string, unknown>;
}

/** A client of the first organization that listens. */
export interface Socket {
  /** everything heard, in order */
  heard: Heard[];
  /** how many frames that took */
  frames(): number;
  /** The first event that matches, heard already or still to come. Throws when it does not come in half a minute. */
  find(matches: (event: Heard) => boolean): Promise<Heard>;
  /** Resolves when everything sent before now has been heard. */
  upToNow(): Promise<void>;
  close(): void;
}

const PATIENCE_MS = 30_000;

/** Throws when the handshake is refused. */
export async function openSocket(access: Access): Promise<Socket> {
  const credential = new URLSearchParams({ apikey: access.organizations[0]?.api_key ?? '' });
  const socket = new WebSocket(`${access.realtime_url}?${credential.toString()}`);
  const heard: Heard[] = [];
  const waiting = new Set<(event: Heard) => void>();
  let frames = 0;
  socket.on('message', (data: Buffer) => {
    const { changes } = JSON.parse(data.toString()) as { changes: { type: string; data: Heard['row'] }[] };
    const at = performance.now();
    const events = changes.map(({ type, data: row }) => ({ at, type, row }));
    frames++;
    heard.push(...events);
    for (const event of events) for (const take of waiting) take(event);
  });
  await once(socket, 'open');
  return {
    heard,
    frames: () => frames,
    find: async (matches) => heard.find(matches) ?? next(waiting, matches),
    async upToNow() {
      socket.ping();
      await once(socket, 'pong');
    },
    close: () => socket.close(),
  };
}

function next(waiting: Set<(event: Heard) => void>, matches: (event: Heard) => boolean): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error('an event did not come'))), PATIENCE_MS);
    const take = (event: Heard) => {
      if (matches(event)) end(() => resolve(event));
    };
    const end = (settle: () => void) => {
      clearTimeout(timer);
      waiting.delete(take);
      settle();
    };
    waiting.add(take);
  });
}
