import * as z from 'zod/mini';
import type { TiktokAccount } from '../account.ts';
import { header, json, partsOf, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson } from '../json.ts';
import type { Outcome } from '../provider.ts';
import type { Tiktok } from './deliver.ts';
import { isRefusal, ok, refuse, refused, type Refusal } from './envelope.ts';
import { download, locate, upload } from './media-api.ts';
import { send } from './send.ts';
import { lifetimeS, type Tokens } from './tokens.ts';

const root = '/open_api/v1.3';

/** Every path of the API ends with a slash. */
export async function callTiktok(world: Tiktok, tokens: Tokens, call: Call): Promise<Outcome> {
  const [first, id] = partsOf(call.path);
  if (first === 'media' && id !== undefined && call.method === 'GET')
    return { answer: download(world, tokens, call, id) };
  if (!call.path.startsWith(`${root}/`) || !call.path.endsWith('/') || call.method !== 'POST')
    return { answer: json(404, { message: '404 page not found' }) };
  const path = call.path.slice(root.length);
  if (path === '/tt_user/oauth2/refresh_token/') return { answer: refresh(world, tokens, call) };
  const account = tokens.owner(header(call, 'access-token') ?? '');
  if (!account) return { answer: refused(refuse(40105, 'Access token is incorrect or has been revoked.')) };
  return onMessages(world, account, call, path);
}

async function onMessages(world: Tiktok, account: TiktokAccount, call: Call, path: string): Promise<Outcome> {
  if (path === '/business/message/media/upload/') return { answer: await upload(world, account, call) };
  const input = inputOf(account, call);
  if (isRefusal(input)) return { answer: refused(input) };
  if (path === '/business/message/send/') return send(world, account, input, call.base);
  if (path === '/business/message/media/download/') return { answer: locate(world, account, input, call.base) };
  return { answer: json(404, { message: '404 page not found' }) };
}

function inputOf(account: TiktokAccount, call: Call): object | Refusal {
  const input = parseJson(call.body.toString('utf8'));
  if (!header(call, 'content-type')?.startsWith('application/json') || !isRecord(input))
    return refuse(40002, 'The body must be JSON.');
  return input['business_id'] === account.external_id ? input : refuse(40001, 'No permission for this business_id.');
}

const renewal = z.strictObject({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.literal('refresh_token'),
  refresh_token: z.string(),
});

/** A new pair; the old refresh token is used up. */
function refresh(world: Tiktok, tokens: Tokens, call: Call): Answer {
  const parsed = renewal.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return refused(refuse(40002, z.prettifyError(parsed.error)));
  const { client_id, client_secret, refresh_token } = parsed.data;
  const isApp = [...world.accounts.values()].some(
    (one) => one.client_key === client_id && one.client_secret === client_secret,
  );
  const renewed = isApp ? tokens.refresh(refresh_token) : undefined;
  if (!renewed) return refused(refuse(40105, 'The refresh token or the app is invalid.'));
  return ok({
    access_token: renewed.token.access,
    token_type: 'Bearer',
    scope: 'message.list.read,message.list.send,message.list.manage',
    expires_in: lifetimeS,
    refresh_token: renewed.token.refresh,
    refresh_token_expires_in: 28_484_364,
    open_id: renewed.account.external_id,
  });
}
