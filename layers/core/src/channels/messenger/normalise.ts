import type { Element } from '../contract.ts';
import { messageReader } from '../shared/meta-message.ts';
import { readWebhook, type About, type Dialect } from '../shared/meta-webhook.ts';
import { compact, readAs, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import * as wire from './wire.ts';

const dialect: Dialect = {
  object: 'page',
  identity: 'psid',
  events: {
    message: messageReader(async () => (await import('./body.ts')).attached),
    delivery: readDelivery,
    read: readSeen,
  },
  others: async () => (await import('../shared/meta-events.ts')).others,
};

/** Entries and their items, each by itself. */
export function normalise(payload: unknown): Promise<Element[]> {
  return readWebhook(payload, dialect);
}

/** Where Meta names the messages, each has its own status, which waits for a message not known yet; otherwise the time holds for all. */
function readDelivery(raw: unknown, { customer }: About): Reading[] {
  const { mids = [], watermark: time } = readAs(wire.delivery, raw) ?? {};
  const at = momentOf(time);
  if (mids.length > 0) return mids.map((mid) => deliveredStatus(mid, at));
  return [at === undefined ? 'delivery without a watermark' : watermark('DELIVERED', customer, at)];
}

function deliveredStatus(providerMessageId: string, at: number | undefined): Reading {
  return { kind: 'status', providerMessageId, status: 'DELIVERED', ...compact({ providerAt: at }) };
}

function readSeen(raw: unknown, { customer }: About): Reading[] {
  const at = momentOf(readAs(wire.read, raw)?.watermark);
  return [at === undefined ? 'read without a watermark' : watermark('READ', customer, at)];
}

function watermark(status: 'DELIVERED' | 'READ', customer: About['customer'], at: number): Reading {
  return { kind: 'watermark', status, counterparty: { identities: [customer] }, upTo: { at } };
}
