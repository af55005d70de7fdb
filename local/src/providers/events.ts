import type { ServerResponse } from 'node:http';
import type { PhoneMessage } from './phones.ts';

/** What a phones page is told whenever a phone's view changes. */
type PhoneEvent =
  | { type: 'message' | 'status' | 'deleted'; phone: string; account: string; message: PhoneMessage }
  | { type: 'open'; phone: string; account: string | null }
  | { type: 'typing'; phone: string; account: string; action: string }
  | { type: 'phone'; phone: string };

export interface Events {
  /** Keeps the response open and writes every event to it; the events of several providers may go to one response. */
  subscribe(response: ServerResponse): void;
  emit(event: PhoneEvent): void;
  close(): void;
}

const heartbeatMs = 15_000;

/** `provider` is named in each event. */
export function createEvents(provider: string): Events {
  const open = new Set<ServerResponse>();
  const heartbeat = setInterval(() => open.forEach((response) => response.write(': still here\n\n')), heartbeatMs);
  heartbeat.unref();
  return {
    subscribe: (response) => subscribe(open, response),
    emit: (event) => open.forEach((response) => response.write(`data: ${JSON.stringify({ provider, ...event })}\n\n`)),
    close: () => {
      clearInterval(heartbeat);
      open.forEach((response) => response.end());
    },
  };
}

function subscribe(open: Set<ServerResponse>, response: ServerResponse): void {
  if (!response.headersSent) begin(response);
  open.add(response);
  response.on('close', () => open.delete(response));
}

function begin(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.write(': connected\n\n');
}
