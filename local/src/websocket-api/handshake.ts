import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { gatewayId, newCaller, type Caller } from './connection.ts';
import { connectEvent } from './events.ts';
import { apiFacts, integrate, tellDisconnected, track, type Gateway } from './gateway.ts';
import { readAdmission, type Admission } from './integration.ts';
import { routeOf } from './route-selection.ts';
import { MAX_MESSAGE_BYTES, openSession } from './session.ts';

type Decide = (admitted: boolean, status?: number, body?: string, headers?: Record<string, string>) => void;

/** Asks the `$connect` function, then completes or refuses the WebSocket handshake. */
export function handshake(gateway: Gateway, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const caller = newCaller(request, apiFacts(gateway).now);
  let protocol: string | undefined;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_MESSAGE_BYTES,
    // The function must choose a subprotocol; without its choice none is agreed on.
    handleProtocols: () => protocol ?? false,
    verifyClient(_, decide: Decide) {
      const admitting = admit(gateway, request, caller).then((admission) => {
        if (admission.admitted) protocol = admission.protocol;
        return complete(gateway, caller, admission, decide);
      });
      track(gateway, admitting);
    },
  });
  server.handleUpgrade(request, socket, head, (ws) => openSession(gateway, caller, ws, socket));
}

async function admit(gateway: Gateway, request: IncomingMessage, caller: Caller): Promise<Admission> {
  const route = routeOf(gateway.options.routes, '$connect');
  if (route === undefined) return { admitted: true, protocol: undefined };
  return readAdmission(await integrate(gateway, route, connectEvent(request, caller, apiFacts(gateway))));
}

function complete(gateway: Gateway, caller: Caller, admission: Admission, decide: Decide): void {
  if (!admission.admitted) return refuse(caller, admission.status, decide);
  if (gateway.closed) refuse(caller, 503, decide);
  else decide(true);
  // The client left while the function ran: the connection the function was told of is over.
  if (!gateway.connections.has(caller.connectionId)) tellDisconnected(gateway, caller, 1006, '');
}

function refuse(caller: Caller, status: number, decide: Decide): void {
  const message = status === 401 ? 'Unauthorized' : status === 403 ? 'Forbidden' : 'Internal server error';
  const body = { message, connectionId: caller.connectionId, requestId: gatewayId() };
  decide(false, status, JSON.stringify(body), { 'Content-Type': 'application/json' });
}
