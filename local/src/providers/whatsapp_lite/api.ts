import { partsOf, type Call } from '../http.ts';
import type { Outcome } from '../provider.ts';
import type { Lite } from './deliver.ts';
import { callGateway } from './gateway.ts';
import { callNotify } from './notify.ts';
import type { Sessions } from './sessions.ts';

/** Two services in one place: the gateway below `/api`, Appgain Notify on `/{suitId}/send`. */
export async function callLite(lite: Lite, sessions: Sessions, call: Call): Promise<Outcome> {
  return partsOf(call.path)[0] === 'api' ? callGateway(lite, sessions, call) : callNotify(lite, call);
}
