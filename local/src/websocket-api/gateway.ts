import { invokeWithin, type Invocation, type Invoke } from '../http-api/invoke.ts';
import type { Caller, Connection } from './connection.ts';
import { disconnectEvent, type ApiFacts } from './events.ts';
import { routeOf, type SocketRoute } from './route-selection.ts';

/** A WebSocket API. `idleMs` defaults to AWS's 10 minutes, `lifetimeMs` to 2 hours, `now` (epoch milliseconds) to the clock. */
export type WebSocketApiOptions = {
  routes: readonly SocketRoute[];
  invoke: Invoke;
  apiId: string;
  stage: string;
  routeSelectionExpression: string;
  idleMs?: number;
  lifetimeMs?: number;
  now?: () => number;
};

/** One running API: its connections and the invocations still under way. */
export type Gateway = {
  options: WebSocketApiOptions;
  connections: Map<string, Connection>;
  running: Set<Promise<unknown>>;
  closed: boolean;
};

/** AWS's integration limit for WebSocket APIs, 29 seconds. */
const INTEGRATION_TIMEOUT_MS = 29_000;

/** Invokes a route's function. Never rejects. */
export function integrate(gateway: Gateway, route: SocketRoute, event: unknown): Promise<Invocation | 'timed-out'> {
  return invokeWithin(gateway.options.invoke, route.functionName, event, INTEGRATION_TIMEOUT_MS);
}

/** Tells the `$disconnect` function, if there is one, that a connection is over. */
export function tellDisconnected(gateway: Gateway, caller: Caller, code: number, reason: string): void {
  const route = routeOf(gateway.options.routes, '$disconnect');
  if (route === undefined) return;
  const event = disconnectEvent(code, reason || standardReason(code), caller, apiFacts(gateway));
  track(gateway, integrate(gateway, route, event));
}

/** Remembers work under way, so that closing can wait for it. */
export function track(gateway: Gateway, work: Promise<unknown>): void {
  const tracked = work.finally(() => gateway.running.delete(tracked));
  gateway.running.add(tracked);
}

/** What the API's events share, at this moment. */
export function apiFacts({ options }: Gateway): ApiFacts {
  return { apiId: options.apiId, stage: options.stage, now: (options.now ?? Date.now)() };
}

function standardReason(code: number): string {
  if (code === 1005) return 'Client-side close frame status not set';
  return code === 1006 ? 'Connection closed abnormally' : '';
}
