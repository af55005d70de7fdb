import { json, partsOf, type Call } from '../http.ts';
import type { Outcome } from '../provider.ts';
import { checkCredit } from './credit.ts';
import { callNotify } from './notify.ts';
import type { Sms } from './phone.ts';
import { callVictoryLink } from './victorylink.ts';

/** Two services in one place: VictoryLink, older and newer, below its own folders, Appgain Notify on `/{suitId}/send`. */
export async function callSms(sms: Sms, call: Call): Promise<Outcome> {
  const parts = partsOf(call.path);
  if (parts[0] === 'VLSMSPlatformResellerAPI') return callVictoryLink(sms, call, parts.slice(1));
  if (parts.join('/') === 'KannelSending/service.asmx/CheckCredit') return checkCredit(sms, call);
  if (parts[1] === 'send' && parts.length === 2) return callNotify(sms, call, parts[0] ?? '');
  return { answer: json(404, { status: 'Failed', message: 'no Route matched with those values' }) };
}
