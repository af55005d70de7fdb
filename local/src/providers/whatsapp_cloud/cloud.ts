import type { WhatsappCloudAccount } from '../account.ts';
import type { Hook } from '../deliveries.ts';
import type { Json } from '../../json.ts';
import { signed } from '../meta/signed.ts';
import { createTokens, type Tokens } from '../meta/tokens.ts';
import { createWorld, type World, type WorldOptions } from '../world.ts';
import { createRates, type Rates } from './rates.ts';
import { createStanding, type Standing } from './standing.ts';
import { createTemplateBook, type TemplateBook } from './template-book.ts';

/** What WhatsApp's Cloud API keeps beside what every provider does. */
export interface Cloud extends World<WhatsappCloudAccount> {
  templates: TemplateBook;
  standing: Standing;
  rates: Rates;
  /** those that the Embedded Signup gave out, beside those the accounts were registered with */
  tokens: Tokens;
}

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '+201000000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '+201000000002', started: [] },
];

export function createCloud(options: WorldOptions): Cloud {
  const { state, now } = options;
  return {
    ...createWorld<WhatsappCloudAccount>('whatsapp_cloud', phones, options),
    templates: createTemplateBook(state),
    standing: createStanding(state),
    rates: createRates(now),
    tokens: createTokens(state, 'whatsapp_cloud', now),
  };
}

/** A webhook with one change, to wherever the account's go; undefined while the app hears of nothing. */
export function hookOf(cloud: Cloud, account: WhatsappCloudAccount, field: string, value: Json): Hook | undefined {
  const url = cloud.standing.webhookOf(account);
  if (url === undefined) return undefined;
  const entry = { id: account.waba_id, time: Math.floor(cloud.now() / 1000), changes: [{ value, field }] };
  return signed({ ...account, webhook_url: url }, { object: 'whatsapp_business_account', entry: [entry] });
}

/** Sends a webhook, if it goes anywhere; the status of the answer. */
export async function tell(cloud: Cloud, hook: Hook | undefined): Promise<number | null> {
  return hook ? cloud.deliveries.send(hook) : null;
}

/** Whether a token may act for an account: its own, or one that its owner gave an app. */
export function mayUse({ tokens, standing }: Cloud, token: string, account: WhatsappCloudAccount): boolean {
  if (standing.isRevoked(token)) return false;
  if (account.access_token === token) return true;
  const bearer = tokens.find(token)?.bearer;
  return bearer?.kind === 'owner' && bearer.app_id === account.app_id && bearer.organization === account.organization;
}

/** Accounts that a token may act for; none: it is no good. */
export function accountsWith(cloud: Cloud, token: string): WhatsappCloudAccount[] {
  return [...cloud.accounts.values()].filter((account) => mayUse(cloud, token, account));
}
