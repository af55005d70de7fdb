import { partsOf, type Call } from '../http.ts';
import type { Outcome } from '../provider.ts';
import type { Lite } from './chats.ts';
import { callEvolution, evolutionAreas } from './evolution-api.ts';
import { callGateway } from './gateway.ts';
import { callNotify } from './notify.ts';

/** Three services in one place: WAHA's API below `/api`, Evolution's in its own areas, Appgain Notify on `/{suitId}/send`. */
export async function callLite(lite: Lite, call: Call): Promise<Outcome> {
  const [first = ''] = partsOf(call.path);
  if (first === 'api') return callGateway(lite, call);
  return evolutionAreas.has(first) ? callEvolution(lite, call) : callNotify(lite, call);
}
