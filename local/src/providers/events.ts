import type { ServerResponse } from 'node:http';
import type { PhoneMessage } from './phones.ts';

/** What a phones page is told whenever a phone's view changes. */
type PhoneEvent =
  | { type: 'message' | 'status' | 'deleted'; phone: string; account: string; message: PhoneMessage }
  | { type: 'open'; phone: string; account: string | null }
  | { type: 'typing'; phone: string; account: string; action: string }
  | { type: 'phone'; phone: string };

export interface Events {
  /** Keeps the response open and writes every event to it. */
  subscribe(response: ServerResponse): void;
  emit(event: PhoneEvent): void;
  close(): void;
}

const heartbeatMs = 15_000;

export function createEvents(): Events {
  const open = new Set<ServerResponse>();
  const heartbeat = setInterval(() => open.forEach((response) => response.write(': still here\n\n')), heartbeatMs);
  heartbeat.unref();
  return {
    subscribe: (response) => subscribe(open, response),
    emit: (event) => open.forEach((response) => response.write(`data: ${JSON.stringify(event)}\n\n`)),
    close: () => {
      clearInterval(heartbeat);
      open.forEach((response) => response.end());
    },
  };
}

function subscribe(open: Set<ServerResponse>, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.write(': connected\n\n');
  open.add(response);
  response.on('close', () => open.delete(response));
}
