import { control } from './cloud.ts';
import type { Account, Reachable } from './cloud.ts';

/** A customer's pretend phone. */
export interface Phone {
  id: string;
  address: string;
}

export interface PhoneMessage {
  id: string;
  from: 'customer' | 'business';
  text: string | null;
  status: string;
}

/** What became of something that a customer did: the message that it made, and how the product's webhook answered. */
export interface Acted {
  id: string;
  body: { url: string };
  webhook_status: number | null;
}

/** A request that a provider got, with what it answered. */
export interface ProviderRequest {
  path: string;
  body: Record<string, unknown>;
  response: unknown;
  at: string;
  status: number;
}

export async function addPhone(cloud: Reachable, channel: Account['channel'], address: string): Promise<Phone> {
  return (await control(cloud, `${channel}/phones`, 'POST', { name: `Customer ${address}`, address })) as Phone;
}

/** The customer writes to the account; the provider calls the webhook. */
export async function write(cloud: Reachable, account: Account, phone: Phone, text: string): Promise<void> {
  const path = `${account.channel}/phones/${phone.id}/messages`;
  const written = (await control(cloud, path, 'POST', { account: account.external_id, text })) as {
    webhook_status: number | null;
  };
  if (written.webhook_status !== 200) throw new Error(`the webhook was answered ${written.webhook_status}`);
}

/** A phone whose owner has written, so that the account may answer. */
export async function customer(cloud: Reachable, account: Account, address: string): Promise<Phone> {
  const phone = await addPhone(cloud, account.channel, address);
  await write(cloud, account, phone, 'Hello');
  return phone;
}

/** What is on the phone's screen. */
export async function thread(cloud: Reachable, account: Account, phone: Phone): Promise<PhoneMessage[]> {
  const path = `${account.channel}/phones/${phone.id}/messages?account=${encodeURIComponent(account.external_id)}`;
  return (await control(cloud, path)) as PhoneMessage[];
}

/** What the business has written to the phone, oldest first. */
export async function textsTo(cloud: Reachable, account: Account, phone: Phone): Promise<(string | null)[]> {
  return (await thread(cloud, account, phone)).filter(({ from }) => from === 'business').map(({ text }) => text);
}

/** Anything else that a customer does on the phone, such as a picture, a tap or taking something back; gives what it came to. */
export async function act(cloud: Reachable, account: Account, { id }: Pick<Phone, 'id'>, body: object): Promise<Acted> {
  const path = `${account.channel}/phones/${id}/messages`;
  const acted = (await control(cloud, path, 'POST', { account: account.external_id, body })) as Acted;
  if (acted.webhook_status !== 200) throw new Error(`the webhook was answered ${JSON.stringify(acted)}`);
  return acted;
}

/** What a provider was asked that has these words in it, oldest first. */
export async function requestsWith(
  cloud: Reachable,
  channel: Account['channel'],
  words: string,
): Promise<ProviderRequest[]> {
  return (await requestsOf(cloud, channel)).filter(({ body }) => JSON.stringify(body).includes(words));
}

export async function requestsOf(cloud: Reachable, channel: Account['channel']): Promise<ProviderRequest[]> {
  return (await control(cloud, `${channel}/requests`)) as ProviderRequest[];
}

export async function fault(cloud: Reachable, channel: Account['channel'], fault: object): Promise<void> {
  await control(cloud, `${channel}/faults`, 'POST', fault);
}

/** `delay_ms` of an answer that does not come before it is let go, however slow the machine; less than a sender waits for it. */
export const HELD_MS = 12_000;

/** Lets go of the answers that are held. Other faults stay. */
export async function answerAtLast(cloud: Reachable, channel: Account['channel']): Promise<void> {
  await fault(cloud, channel, { delay_ms: 0 });
}

/** Ends every fault and lets go of what was held. */
export async function clearFaults(cloud: Reachable, channel: Account['channel']): Promise<void> {
  await control(cloud, `${channel}/faults`, 'DELETE');
}
