import * as z from 'zod/mini';
import type { TiktokAccount } from '../account.ts';
import type { Answer, Call } from '../http.ts';
import { isRecord, parseJson } from '../../json.ts';
import { isHttpUrl } from '../media.ts';
import { ok, refuse, refused } from './envelope.ts';
import { lifetimeS } from './tokens.ts';
import type { Tiktok } from './world.ts';

const text = z.string().check(z.minLength(1));
const client = { client_id: text, client_secret: text };
const app = { app_id: text, secret: text, event_type: z.literal('DIRECT_MESSAGE') };

const bodies = {
  exchange: z.strictObject({
    ...client,
    grant_type: z.literal('authorization_code'),
    auth_code: text,
    redirect_uri: text,
  }),
  renewal: z.strictObject({ ...client, grant_type: z.literal('refresh_token'), refresh_token: text }),
  revocation: z.strictObject({ ...client, access_token: text }),
  inspection: z.strictObject({ app_id: text, access_token: text }),
  registration: z.strictObject({ ...app, callback_url: z.string().check(z.refine(isHttpUrl)) }),
  event: z.strictObject(app),
};

/** What an application does in its own name, by method and path. */
const calls: Record<string, (world: Tiktok, call: Call) => Answer> = {
  'POST /tt_user/oauth2/token/': (world, call) => withBody(bodies.exchange, call, (body) => exchange(world, body)),
  'POST /tt_user/oauth2/refresh_token/': (world, call) => withBody(bodies.renewal, call, (body) => renew(world, body)),
  'POST /tt_user/oauth2/revoke/': (world, call) => withBody(bodies.revocation, call, (body) => revoke(world, body)),
  'POST /tt_user/token_info/get/': (world, call) => withBody(bodies.inspection, call, (body) => inspect(world, body)),
  'POST /business/webhook/update/': (world, call) =>
    withBody(bodies.registration, call, (body) => setWebhook(world, body, body.callback_url)),
  'POST /business/webhook/delete/': (world, call) =>
    withBody(bodies.event, call, (body) => setWebhook(world, body, '')),
  'GET /business/webhook/list/': (world, { query }) =>
    taken(bodies.event, Object.fromEntries(query), (body) => webhookOf(world, body)),
};

/** Undefined for a call that an account makes. `path`: below the version. */
export function callAsApp(world: Tiktok, path: string, call: Call): Answer | undefined {
  return calls[`${call.method} ${path}`]?.(world, call);
}

function withBody<T extends z.ZodMiniType>(schema: T, { body }: Call, act: (body: z.infer<T>) => Answer): Answer {
  const input = parseJson(body.toString('utf8'));
  return isRecord(input) ? taken(schema, input, act) : refused(refuse(40002, 'The body must be JSON.'));
}

function taken<T extends z.ZodMiniType>(schema: T, input: unknown, act: (input: z.infer<T>) => Answer): Answer {
  const parsed = schema.safeParse(input);
  return parsed.success ? act(parsed.data) : refused(refuse(40002, z.prettifyError(parsed.error)));
}

const badApp = refuse(40105, 'The app or its secret is invalid.');

function exchange(world: Tiktok, body: z.infer<typeof bodies.exchange>): Answer {
  const [account] = accountsOf(world, body.client_id, body.client_secret);
  if (!account) return refused(badApp);
  const granted = world.tokens.exchange(body.auth_code, body.redirect_uri);
  return granted
    ? ok(pairOf(granted, 31_536_000))
    : refused(refuse(40105, 'The auth_code is invalid, used or of another redirect_uri.'));
}

/** A new pair; the old refresh token is used up. Its year goes on. */
function renew(world: Tiktok, body: z.infer<typeof bodies.renewal>): Answer {
  const [account] = accountsOf(world, body.client_id, body.client_secret);
  const renewed = account && world.tokens.refresh(body.refresh_token);
  return renewed ? ok(pairOf(renewed, 28_484_364)) : refused(refuse(40105, 'The refresh token or the app is invalid.'));
}

function pairOf({ account, token }: NonNullable<ReturnType<Tiktok['tokens']['refresh']>>, leftS: number) {
  return {
    access_token: token.access,
    token_type: 'Bearer',
    scope: token.scopes.join(','),
    expires_in: lifetimeS,
    refresh_token: token.refresh,
    refresh_token_expires_in: leftS,
    open_id: account.external_id,
  };
}

function revoke(world: Tiktok, body: z.infer<typeof bodies.revocation>): Answer {
  const owner = world.tokens.owner(body.access_token);
  const isOwn = accountsOf(world, body.client_id, body.client_secret).some((account) => account === owner);
  if (!owner || !isOwn) return refused(badApp);
  world.tokens.revoke(owner);
  return ok({});
}

function inspect(world: Tiktok, { app_id, access_token }: z.infer<typeof bodies.inspection>): Answer {
  const owner = world.tokens.owner(access_token);
  if (owner?.client_key !== app_id) return refused(refuse(40105, 'Access token is incorrect or has been revoked.'));
  return ok({ app_id, creator_id: owner.external_id, scope: world.tokens.scopesOf(owner).join(',') });
}

/** One address for all accounts of the app. */
function setWebhook(world: Tiktok, { app_id, secret }: z.infer<typeof bodies.event>, callback_url: string): Answer {
  const own = accountsOf(world, app_id, secret);
  for (const account of own) account.webhook_url = callback_url;
  return own.length === 0 ? refused(badApp) : ok({ app_id, event_type: 'DIRECT_MESSAGE', callback_url });
}

function webhookOf(world: Tiktok, { app_id, secret }: z.infer<typeof bodies.event>): Answer {
  const [account] = accountsOf(world, app_id, secret);
  if (!account) return refused(badApp);
  const { webhook_url: callback_url } = account;
  return ok({ app_id, event_type: 'DIRECT_MESSAGE', ...(callback_url && { callback_url }) });
}

function accountsOf({ accounts }: Tiktok, key: string, secret: string): TiktokAccount[] {
  return [...accounts.values()].filter(
    ({ client_key, client_secret }) => client_key === key && client_secret === secret,
  );
}
