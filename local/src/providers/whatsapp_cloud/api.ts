import type { Deliver } from '../deliveries.ts';
import type { Fault } from '../faults.ts';
import { bearer, partsOf, type Answer, type Call } from '../http.ts';
import { noSuchObject } from '../meta/check.ts';
import type { Outcome } from '../provider.ts';
import { accessToken, askConsent, debugToken } from './app-api.ts';
import { onBusiness } from './business-api.ts';
import { accountsWith, type Cloud } from './cloud.ts';
import { graphError, unknownPath } from './errors.ts';
import { describe, download, remove, visibleMedia } from './media-api.ts';
import { onNumber } from './number-api.ts';

interface Asked {
  cloud: Cloud;
  call: Call;
  token: string;
  id: string;
  edge: string;
  deliver: Deliver;
}

/** `/{version}/{object}/{edge?}` of the Graph API. */
export async function callGraph(
  cloud: Cloud,
  deliver: Deliver,
  call: Call,
  fault: Fault | undefined,
): Promise<Outcome> {
  const answer = withoutAccount(cloud, call);
  if (answer) return { answer };
  const [version = '', id = '', edge = ''] = partsOf(call.path);
  const token = bearer(call) ?? call.query.get('access_token');
  if (!token) return { answer: graphError({ code: 104 }) };
  if (accountsWith(cloud, token).length === 0) return { answer: graphError({ code: 190 }) };
  if (!/^v\d+\.\d+$/.test(version)) return { answer: unknownPath(call) };
  return onObject({ cloud, call, token, id, edge, deliver }, fault);
}

/** Files, and what leads to a token or tells of one. */
function withoutAccount(cloud: Cloud, call: Call): Answer | undefined {
  const path = partsOf(call.path);
  if (call.method !== 'GET') return undefined;
  if (path[0] === 'lookaside') return download(cloud, call);
  if (path.slice(-2).join('/') === 'dialog/oauth') return askConsent(cloud, call);
  if (path.slice(1).join('/') === 'oauth/access_token') return accessToken(cloud, call);
  return path[1] === 'debug_token' ? debugToken(cloud, call) : undefined;
}

async function onObject(asked: Asked, fault: Fault | undefined): Promise<Outcome> {
  const { cloud, call, token, id, edge } = asked;
  const own = accountsWith(cloud, token);
  const account = own.find(({ external_id }) => external_id === id);
  if (account) return onNumber(asked, account, fault);
  const ofBusiness = own.filter(({ waba_id }) => waba_id === id);
  if (ofBusiness.length > 0) return { answer: await onBusiness(asked, ofBusiness) };
  const media = visibleMedia(cloud, id, token, call.query.get('phone_number_id'));
  if (edge === '' && call.method === 'GET' && media) return { answer: describe(cloud, media, call) };
  if (edge === '' && call.method === 'DELETE') return { answer: remove(cloud, media, id) };
  return { answer: graphError(noSuchObject(id, call.method === 'POST' ? 'post' : 'get')) };
}
