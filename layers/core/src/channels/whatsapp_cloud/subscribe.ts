import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Done } from '../contract.ts';
import { maybe, object } from '../shared/read.ts';
import { done } from './api.ts';
import { ask, noBusiness, numbersOf, pathOf } from './call.ts';
import type { Credentials } from './credentials.ts';

type Account = ConnectedAccount<Credentials>;

const phone = object({ platform_type: maybe(v.string()), is_on_biz_app: maybe(v.boolean()) });

/** Meta takes addresses of up to 200 characters ("Webhooks", override). */
const MOST_URL = 200;

/**
 * The application hears of the business account from now on, and a number that is not on the Cloud API yet is registered
 * where its PIN is known, and one that is on the phone's app is asked for its past. With the application's verify token the
 * webhooks come to our address wherever its own go.
 */
export async function subscribe(account: Account, webhookUrl: string): Promise<Done> {
  const { waba_id: business, verify_token } = account.credentials;
  if (business === undefined) return noBusiness;
  const override = verify_token !== undefined && webhookUrl.length <= MOST_URL;
  const body = override ? { override_callback_uri: webhookUrl, verify_token } : {};
  const path = pathOf(business, 'subscribed_apps');
  const asked = await ask(account, { method: 'POST', path, body: JSON.stringify(body) }, done);
  return asked.ok ? prepareNumber(account) : asked;
}

/** The subscription is of all the business account's numbers: it ends with the last of them. */
export async function unsubscribe(account: Account): Promise<Done> {
  const { waba_id: business } = account.credentials;
  if (business === undefined) return noBusiness;
  const listed = await numbersOf(business, account);
  if (!listed.ok) return listed;
  if (listed.value.some(({ id }) => id !== account.externalId)) return { ok: true };
  const asked = await ask(account, { method: 'DELETE', path: pathOf(business, 'subscribed_apps') }, done);
  return asked.ok ? { ok: true } : asked;
}

/** A number that is on the phone's app too has a past to bring and needs no registration; another may have to be registered. */
async function prepareNumber(account: Account): Promise<Done> {
  const path = pathOf(account.externalId);
  const query = { fields: 'platform_type,is_on_biz_app' };
  const asked = await ask(account, { method: 'GET', path, query }, phone);
  if (asked.ok && asked.value.is_on_biz_app) return askForPast(account, path);
  const { pin } = account.credentials;
  if (pin === undefined) return { ok: true };
  return asked.ok ? register(account, { path, pin, platform: asked.value.platform_type }) : asked;
}

/**
 * Contacts and messages of the app come by webhooks once they are asked for ("Onboarding WhatsApp Business app users"). Meta takes that once, within a day of
 * the number's onboarding: one that refuses has been asked before, or is asked too late, and is connected all the same.
 */
async function askForPast(account: Account, path: string): Promise<Done> {
  for (const sync_type of ['smb_app_state_sync', 'history']) {
    const body = JSON.stringify({ messaging_product: 'whatsapp', sync_type });
    await ask(account, { method: 'POST', path: `${path}/smb_app_data`, body }, object({}));
  }
  return { ok: true };
}

interface Registration {
  path: string;
  pin: string;
  platform: string | undefined;
}

/** A number may be registered ten times in three days, so one that is, is left alone. */
async function register(account: Account, { path, pin, platform }: Registration): Promise<Done> {
  if (platform === 'CLOUD_API') return { ok: true };
  const body = JSON.stringify({ messaging_product: 'whatsapp', pin });
  const registered = await ask(account, { method: 'POST', path: `${path}/register`, body }, done);
  return registered.ok ? { ok: true } : registered;
}
