import { setTimeout as delay } from 'node:timers/promises';
import { accountOf, ask } from '../../support/cloud.ts';
import type { Account, Organization, Reachable } from '../../support/cloud.ts';
import { customer, type Phone } from '../../support/phones.ts';
import { cloudInbound, freshId, liteInbound, post, telegramInbound } from '../../support/webhooks.ts';
import type { SignedWebhook } from '../../support/webhooks.ts';

/** The channels that are talked over here. */
export type ChannelName = Extract<Account['channel'], 'whatsapp_cloud' | 'telegram' | 'whatsapp_lite'>;

export interface Customer {
  channel: ChannelName;
  phone: Phone;
}

export interface Sent {
  text: string;
  customer: Customer;
  /** undefined when no answer came */
  messageId: string | undefined;
}

export interface Arrived {
  text: string;
  webhook: SignedWebhook;
  isAnswered: boolean;
}

/** What was done so far, whatever became of the process that it was done to. */
export interface Journal {
  arrived: Arrived[];
  sent: Sent[];
  /** texts that were on phones before a kill */
  shown: string[];
}

const addresses: Record<ChannelName, string[]> = {
  whatsapp_cloud: ['+201558000001', '+201558000002'],
  telegram: ['758000001', '758000002'],
  whatsapp_lite: ['+201559000001', '+201559000002'],
};

/** Customers who have written once, so that they may be answered. */
export async function customers(product: Reachable): Promise<Customer[]> {
  const all = Object.entries(addresses) as [ChannelName, string[]][];
  return Promise.all(
    all.flatMap(([channel, own]) =>
      own.map(async (address) => ({
        channel,
        phone: await customer(product, accountOf(organizationOf(product), channel), address),
      })),
    ),
  );
}

/** Everybody writes and is written to, one thing after the other for each, until the product is gone. */
export async function traffic(product: Reachable, people: Customer[], journal: Journal): Promise<void> {
  await Promise.all(people.flatMap((one) => [receiveOn(product, one, journal), sendOn(product, one, journal)]));
}

/** A provider redelivers what was not answered. */
export async function redeliver({ access }: Reachable, { arrived }: Journal): Promise<void> {
  for (const one of arrived.filter(({ isAnswered }) => !isAnswered)) {
    const url = new URL(new URL(one.webhook.url).pathname, access.url).href;
    one.isAnswered = (await post({ ...one.webhook, url })).ok;
  }
}

export function organizationOf({ access }: Reachable): Organization {
  return access.organizations[0] as Organization;
}

async function receiveOn(product: Reachable, one: Customer, { arrived }: Journal): Promise<void> {
  for (let isThere = true; isThere;) {
    const text = `in ${freshId()}`;
    const entry = { text, webhook: webhookOf(product, one, text), isAnswered: false };
    arrived.push(entry);
    const response = await post(entry.webhook).catch(() => undefined);
    entry.isAnswered = response?.ok ?? false;
    isThere = response !== undefined;
    await delay(Math.random() * 60);
  }
}

async function sendOn(product: Reachable, one: Customer, { sent }: Journal): Promise<void> {
  for (let isThere = true; isThere;) {
    const entry: Sent = { text: `out ${freshId()}`, customer: one, messageId: undefined };
    sent.push(entry);
    const path = `/functions/v1/${one.channel.replace('_', '-')}-send`;
    const body = { to: one.phone.address, message: entry.text, client_ref: entry.text };
    const answer = await ask(product, organizationOf(product), path, body).catch(() => undefined);
    if (answer?.status === 200) entry.messageId = (answer.body['message'] as { id: string }).id;
    isThere = answer !== undefined;
    await delay(Math.random() * 120);
  }
}

function webhookOf(product: Reachable, { channel, phone }: Customer, text: string): SignedWebhook {
  const account = accountOf(organizationOf(product), channel);
  switch (account.channel) {
    case 'whatsapp_cloud':
      return cloudInbound(account, phone.address.slice(1), text);
    case 'telegram':
      return telegramInbound(account, Number(phone.address), text);
    case 'whatsapp_lite':
      return liteInbound(account, phone.address, text);
  }
}
