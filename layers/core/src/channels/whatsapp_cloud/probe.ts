import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { phoneNumber } from '../../domain/contact.ts';
import type { Probe } from '../contract.ts';
import { idText, maybe, number, object } from '../shared/read.ts';
import { mend, sendErrorOf } from '../shared/receipt.ts';
import { ask, pathOf, type Asked } from './api.ts';
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
  throughput: maybe(object({ level: text })),
  whatsapp_business_manager_messaging_limit: text,
};
const phone = object({ id: idText, ...FIELDS });
const numbers = object({ data: v.array(object({ id: idText })) });
const token = object({ data: object({ is_valid: maybe(v.boolean()), expires_at: maybe(number) }) });

/** Whether the token may use the number, and whether what else was typed of the account is true: webhooks are told apart by it. */
export async function probe(account: Account): Promise<Probe> {
  const { externalId, credentials } = account;
  const query = { fields: Object.keys(FIELDS).join(',') };
  const [asked, own, expiresAt] = await Promise.all([
    ask(account, { method: 'GET', path: pathOf(externalId), query }, phone),
    isOfBusiness(account),
    expiryOf(account),
  ]);
  if (!asked.ok) return asked;
  if (!own.ok) return own;
  const { value } = asked;
  if (!own.value) return wrong('waba_mismatch', 'The number is not one of this WhatsApp Business account.');
  const shown = phoneNumber(value.display_phone_number ?? '');
  const typed = credentials.phone_number && phoneNumber(credentials.phone_number);
  if (typed && shown && typed !== shown)
    return wrong('phone_number_mismatch', `WhatsApp knows the number as ${shown}, not as ${typed}.`);
  const name = value.verified_name ?? shown;
  return {
    ok: true,
    externalId: value.id,
    ...(name !== undefined && { name }),
    ...(expiresAt !== undefined && { expiresAt }),
    facts: factsOf(value),
  };
}

function factsOf({ throughput, ...value }: v.InferOutput<typeof phone>): Record<string, string> {
  const facts = {
    number: value.display_phone_number,
    quality: value.quality_rating,
    display_name: value.name_status,
    verification: value.code_verification_status,
    platform: value.platform_type,
    throughput: throughput?.level,
    messaging_limit: value.whatsapp_business_manager_messaging_limit,
  };
  return Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined));
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
  const query = { fields: 'id', limit: '100' };
  const asked = await ask(account, { method: 'GET', path: pathOf(business, 'phone_numbers'), query }, numbers);
  return asked.ok ? { ok: true, value: asked.value.data.some(({ id }) => id === account.externalId) } : asked;
}

function wrong(code: string, words: string): Probe {
  return { ok: false, error: sendErrorOf(mend('auth', code, words)) };
}
