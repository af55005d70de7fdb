import { accountOf } from '../test/support/cloud.ts';
import type { Access } from './cloud-process.ts';
import { TEXT } from './text.ts';

/** The WhatsApp account of the first organization. */
export function whatsappOf(access: Access) {
  return accountOf(access.organizations[0], 'whatsapp_cloud');
}

/** So many customers who wrote a moment ago, so that the provider lets the business answer. Answers their numbers. */
export async function meetCustomers(access: Access, count: number): Promise<string[]> {
  const customers = Array.from({ length: count }, (_, index) => String(201007000000 + index));
  for (const customer of customers) {
    const phone = (await ask(access, 'phones', { name: customer, address: `+${customer}` })) as { id: string };
    await ask(access, `phones/${phone.id}/messages`, { account: whatsappOf(access).external_id, text: TEXT });
  }
  return customers;
}

/** The customers' phones report nothing from now on. */
export async function holdReceipts(access: Access): Promise<void> {
  await ask(access, 'faults', { hold_receipts: true });
}

async function ask(access: Access, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${access.url}/providers/whatsapp_cloud/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
