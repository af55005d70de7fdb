import type { TiktokAccount } from '../account.ts';
import { header, json, partsOf, type Call } from '../http.ts';
import { isRecord, parseJson } from '../../json.ts';
import type { Outcome } from '../provider.ts';
import { callAsApp } from './app-api.ts';
import { authorize } from './consent.ts';
import { isRefusal, refuse, refused, type Refusal } from './envelope.ts';
import { download, locate, upload } from './media-api.ts';
import { read } from './read-api.ts';
import { send } from './send.ts';
import type { Tiktok } from './world.ts';

const root = '/open_api/v1.3';

/** Every path of the API ends with a slash. */
export async function callTiktok(world: Tiktok, call: Call): Promise<Outcome> {
  const [first, id] = partsOf(call.path);
  if (first === 'media' && id !== undefined && call.method === 'GET') return { answer: download(world, call, id) };
  if (call.method === 'GET' && /^\/v2\/auth\/authorize\/?$/.test(call.path)) return { answer: authorize(world, call) };
  if (!call.path.startsWith(`${root}/`) || !call.path.endsWith('/')) return nothing;
  const path = call.path.slice(root.length);
  const asApp = callAsApp(world, path, call);
  if (asApp) return { answer: asApp };
  const account = world.tokens.owner(header(call, 'access-token') ?? '');
  if (!account) return { answer: refused(refuse(40105, 'Access token is incorrect or has been revoked.')) };
  if (call.method === 'POST') return onMessages(world, account, call, path);
  const found = call.method === 'GET' ? read(world, account, path, call.query) : undefined;
  return found ? { answer: found } : nothing;
}

const nothing: Outcome = { answer: json(404, { message: '404 page not found' }) };

async function onMessages(world: Tiktok, account: TiktokAccount, call: Call, path: string): Promise<Outcome> {
  if (path === '/business/message/media/upload/') return { answer: await upload(world, account, call) };
  const input = inputOf(account, call);
  if (isRefusal(input)) return { answer: refused(input) };
  if (path === '/business/message/send/') return send(world, account, input, call.base);
  if (path === '/business/message/media/download/') return { answer: locate(world, account, input, call.base) };
  return nothing;
}

function inputOf(account: TiktokAccount, call: Call): object | Refusal {
  const input = parseJson(call.body.toString('utf8'));
  if (!header(call, 'content-type')?.startsWith('application/json') || !isRecord(input))
    return refuse(40002, 'The body must be JSON.');
  return input['business_id'] === account.external_id ? input : refuse(40001, 'No permission for this business_id.');
}
