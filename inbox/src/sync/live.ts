import type { LiveFrame } from '../api/live-rows.ts';
import type { Connection } from '../state/inbox-state.ts';

export interface LiveOptions {
  /** The socket's address with a fresh credential; null while there is none. */
  address(): Promise<string | null>;
  /** The socket is up, for the first time or again. */
  onOpen(): void;
  onFrame(frame: LiveFrame): void;
  onConnection(connection: Connection): void;
  /** 0 to 1; Math.random unless told. */
  random?: () => number;
}

export interface Live {
  /** Tries at once if the socket is down: the network came back, or the page is looked at again. */
  wake: () => void;
  close: () => void;
}

/** Under API Gateway's idle limit of 10 minutes, and soon enough to notice a dead line. */
const pingEvery = 25_000;
const answerWithin = 10_000;
const longestDelay = 30_000;

/** Milliseconds before try number `attempt` (from 0): doubling up to 30 s, with half of it left to chance so that clients spread. */
export function retryDelay(attempt: number, random: () => number): number {
  const full = Math.min(longestDelay, 500 * 2 ** attempt);
  return full / 2 + (full / 2) * random();
}

/** Keeps one socket open until closed. */
export function connectLive(options: LiveOptions): Live {
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let connecting = false;
  let closed = false;
  void connect();

  return {
    wake() {
      if (closed || connecting || socket) return;
      clearTimeout(retry);
      void connect();
    },
    close() {
      closed = true;
      clearTimeout(retry);
      socket?.close();
    },
  };

  async function connect(): Promise<void> {
    connecting = true;
    options.onConnection('connecting');
    const address = await options.address().catch(() => null);
    connecting = false;
    if (closed) return;
    if (address === null) return lost();
    socket = openSocket(address, { ...options, onOpen: opened }, lost);
  }

  function opened(): void {
    attempt = 0;
    options.onConnection('live');
    options.onOpen();
  }

  function lost(): void {
    socket = null;
    if (closed) return;
    options.onConnection('offline');
    retry = setTimeout(() => void connect(), retryDelay(attempt, options.random ?? Math.random));
    attempt += 1;
  }
}

/** One socket, watched by pings. `lost` is called once, when it is gone for whatever reason. */
function openSocket(address: string, options: Pick<LiveOptions, 'onOpen' | 'onFrame'>, lost: () => void): WebSocket {
  const socket = new WebSocket(address);
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heartbeat = setInterval(ping, pingEvery);
  socket.addEventListener('open', () => options.onOpen());
  socket.addEventListener('message', (message: { data: unknown }) => {
    clearTimeout(silence);
    silence = undefined;
    const frame = parseFrame(message.data);
    if (frame) options.onFrame(frame);
  });
  socket.addEventListener('close', gone);
  return socket;

  function ping(): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send('{"type":"ping"}');
    silence ??= setTimeout(giveUp, answerWithin);
  }

  /** A dead line may never finish its closing handshake, so the close event is not waited for. */
  function giveUp(): void {
    socket.removeEventListener('close', gone);
    socket.close();
    gone();
  }

  function gone(): void {
    clearInterval(heartbeat);
    clearTimeout(silence);
    lost();
  }
}

function parseFrame(data: unknown): LiveFrame | null {
  try {
    const frame = JSON.parse(String(data)) as Partial<LiveFrame> | null;
    if (frame?.seq === undefined || !Array.isArray(frame.changes)) return null;
    return { ...frame, seq: frame.seq, changes: frame.changes.filter((change) => knownTypes.has(change.type)) };
  } catch {
    return null;
  }
}

const knownTypes = new Set<string>([
  'message.created',
  'message.updated',
  'conversation.updated',
  'channel_account.updated',
  'broadcast.updated',
]);
