import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Done } from '../contract.ts';
import { idText, maybe, object } from '../shared/read.ts';
import { mend, sendErrorOf } from '../shared/receipt.ts';
import { done } from './answers.ts';
import { ask, pathOf } from './api.ts';
import type { Credentials } from './credentials.ts';

type Account = ConnectedAccount<Credentials>;

const phone = object({ platform_type: maybe(v.string()) });
const numbers = object({ data: v.array(object({ id: idText })) });

/** Meta takes addresses of up to 200 characters ("Webhooks", override). */
const MOST_URL = 200;

/**
 * The application hears of the business account from now on, and a number that is not on the Cloud API yet is registered
 * where its PIN is known. With the application's verify token the webhooks come to our address wherever its own go.
 */
export async function subscribe(account: Account, webhookUrl: string): Promise<Done> {
  const { waba_id: business, verify_token } = account.credentials;
  if (business === undefined) return noBusiness;
  const override = verify_token !== undefined && webhookUrl.length <= MOST_URL;
  const body = override ? { override_callback_uri: webhookUrl, verify_token } : {};
  const path = pathOf(business, 'subscribed_apps');
  const asked = await ask(account, { method: 'POST', path, body: JSON.stringify(body) }, done);
  return asked.ok ? register(account) : asked;
}

/** The subscription is of all the business account's numbers: it ends with the last of them. */
export async function unsubscribe(account: Account): Promise<Done> {
  const { waba_id: business } = account.credentials;
  if (business === undefined) return noBusiness;
  const query = { fields: 'id', limit: '100' };
  const listed = await ask(account, { method: 'GET', path: pathOf(business, 'phone_numbers'), query }, numbers);
  if (!listed.ok) return listed;
  if (listed.value.data.some(({ id }) => id !== account.externalId)) return { ok: true };
  const asked = await ask(account, { method: 'DELETE', path: pathOf(business, 'subscribed_apps') }, done);
  return asked.ok ? { ok: true } : asked;
}

/** A number may be registered ten times in three days, so one that is, is left alone. */
async function register(account: Account): Promise<Done> {
  const { pin } = account.credentials;
  if (pin === undefined) return { ok: true };
  const path = pathOf(account.externalId);
  const asked = await ask(account, { method: 'GET', path, query: { fields: 'platform_type' } }, phone);
  if (!asked.ok) return asked;
  if (asked.value.platform_type === 'CLOUD_API') return { ok: true };
  const body = JSON.stringify({ messaging_product: 'whatsapp', pin });
  const registered = await ask(account, { method: 'POST', path: `${path}/register`, body }, done);
  return registered.ok ? { ok: true } : registered;
}

const noBusiness: Done = {
  ok: false,
  error: sendErrorOf(mend('invalid', 'waba_missing', 'The id of the WhatsApp Business account (waba_id) is needed.')),
};
