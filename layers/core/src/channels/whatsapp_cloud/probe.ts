import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { phoneNumber } from '../../domain/phone-number.ts';
import type { Asked, Probe } from '../contract.ts';
import { compact, idText, maybe, number, object } from '../shared/read.ts';
import { mend, sendErrorOf } from '../shared/receipt.ts';
import { ask, numbersOf, pathOf } from './call.ts';
import type { Credentials } from './credentials.ts';

type Account = ConnectedAccount<Credentials>;

const text = maybe(v.string());

/** What Graph tells of a number ("Business phone numbers"). */
const FIELDS = {
  verified_name: text,
  display_phone_number: text,
  quality_rating: text,
  name_status: text,
  code_verification_status: text,
  platform_type: text,
  is_on_biz_app: maybe(v.boolean()),
  throughput: maybe(object({ level: text })),
  whatsapp_business_manager_messaging_limit: text,
};
const phone = object({ id: idText, ...FIELDS });
const apps = object({ data: v.array(v.unknown()) });
const token = object({ data: object({ is_valid: maybe(v.boolean()), expires_at: maybe(number) }) });

/** Whether the token may use the number, and whether what else was typed of the account is true: webhooks are told apart by it. */
export async function probe(account: Account): Promise<Probe> {
  const query = { fields: Object.keys(FIELDS).join(',') };
  const [asked, own, expiresAt, unsubscribed] = await Promise.all([
    ask(account, { method: 'GET', path: pathOf(account.externalId), query }, phone),
    isOfBusiness(account),
    expiryOf(account),
    isUnheard(account),
  ]);
  if (!asked.ok) return asked;
  if (!own.ok) return own;
  if (!own.value) return wrong('waba_mismatch', 'The number is not one of this WhatsApp Business account.');
  const { id: externalId, display_phone_number, verified_name } = asked.value;
  const shown = phoneNumber(display_phone_number ?? '');
  const typed = phoneNumber(account.credentials.phone_number ?? '');
  if (typed && shown && typed !== shown)
    return wrong('phone_number_mismatch', `WhatsApp knows the number as ${shown}, not as ${typed}.`);
  const known = compact({ name: verified_name ?? shown, expiresAt, unsubscribed });
  return { ok: true, externalId, ...known, facts: factsOf(asked.value) };
}

function factsOf({ throughput, is_on_biz_app, ...value }: v.InferOutput<typeof phone>): Record<string, string> {
  return compact({
    number: value.display_phone_number,
    quality: value.quality_rating,
    display_name: value.name_status,
    verification: value.code_verification_status,
    platform: value.platform_type,
    phone_app: is_on_biz_app ? 'yes' : undefined,
    throughput: throughput?.level,
    messaging_limit: value.whatsapp_business_manager_messaging_limit,
  });
}

/** A token that may not look at itself says nothing of its end. 0: it does not run out. */
async function expiryOf(account: Account): Promise<number | undefined> {
  const query = { input_token: account.credentials.access_token };
  const asked = await ask(account, { method: 'GET', path: 'debug_token', query }, token);
  const seconds = asked.ok ? asked.value.data.expires_at : undefined;
  return seconds ? seconds * 1000 : undefined;
}

async function isOfBusiness(account: Account): Promise<Asked<boolean>> {
  const { waba_id: business } = account.credentials;
  if (business === undefined) return { ok: true, value: true };
  const listed = await numbersOf(business, account);
  return listed.ok ? { ok: true, value: listed.value.some(({ id }) => id === account.externalId) } : listed;
}

/** Whether no application hears of the business account ("Manage webhooks": that is needed for each). */
async function isUnheard(account: Account): Promise<true | undefined> {
  const { waba_id: business } = account.credentials;
  if (business === undefined) return undefined;
  const asked = await ask(account, { method: 'GET', path: pathOf(business, 'subscribed_apps') }, apps);
  return asked.ok && asked.value.data.length === 0 ? true : undefined;
}

function wrong(code: string, words: string): Probe {
  return { ok: false, error: sendErrorOf(mend('auth', code, words)) };
}
