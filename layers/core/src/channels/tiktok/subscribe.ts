import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Done } from '../contract.ts';
import { webhookAnswer } from './api.ts';
import { callAsApp, readAsApp } from './call.ts';
import type { Credentials } from './credentials.ts';
import { doneOf, readAnswer } from './errors.ts';

type Account = ConnectedAccount<Credentials>;

const EVENTS = 'DIRECT_MESSAGE';

/**
 * An application has one address for all its accounts, so the account's own is not what it is told. Who connected an account without the app's secret has
 * set the address by hand.
 */
export async function subscribe(account: Account, url: string): Promise<Done> {
  const { baseUrl, appId: app_id, credentials } = account;
  const { client_secret: secret } = credentials;
  if (app_id === undefined || secret === undefined) return { ok: true };
  const callback_url = url.replace(/(-webhook)\/[^/]+$/, '$1');
  const app = { app_id, secret, event_type: EVENTS };
  if ((await callbackUrlOf(account)) === callback_url) return { ok: true };
  return doneOf(await callAsApp({ baseUrl }, 'business/webhook/update/', { ...app, callback_url }));
}

/** Where the application's webhooks go; empty: nowhere. Undefined when TikTok does not say. */
export async function callbackUrlOf({ baseUrl, appId: app_id, credentials }: Account): Promise<string | undefined> {
  const { client_secret: secret } = credentials;
  if (app_id === undefined || secret === undefined) return undefined;
  const answer = await readAsApp({ baseUrl }, 'business/webhook/list/', { app_id, secret, event_type: EVENTS });
  const known = readAnswer(answer, webhookAnswer);
  return known.ok ? (known.value.data.callback_url ?? '') : undefined;
}

/** The app's other accounts need its address. What ends one account's webhooks is the end of its leave. */
export async function unsubscribe({ baseUrl, appId, credentials }: Account): Promise<Done> {
  const { access_token, client_secret } = credentials;
  if (client_secret === undefined) return { ok: true };
  return doneOf(
    await callAsApp({ baseUrl }, 'tt_user/oauth2/revoke/', { client_id: appId, client_secret, access_token }),
  );
}
