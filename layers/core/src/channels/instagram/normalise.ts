import type { Element } from '../contract.ts';
import { messageReader } from '../shared/meta-message.ts';
import { readWebhook, type About, type Dialect } from '../shared/meta-webhook.ts';
import { readAs, type Reading } from '../shared/read.ts';
import * as wire from './wire.ts';

/** A first message of a stranger, which waits among the account's requests, is one like any other. */
const dialect: Dialect = {
  object: 'instagram',
  identity: 'igsid',
  events: {
    message: messageReader(async () => (await import('./body.ts')).attached),
    read: readSeen,
  },
  others: async () => (await import('../shared/meta-events.ts')).others,
};

/** Entries and their items, each by itself. */
export function normalise(payload: unknown): Promise<Element[]> {
  return readWebhook(payload, dialect);
}

/** It names the last message seen; those before it are seen too. */
function readSeen(raw: unknown, { customer }: About): Reading[] {
  const providerMessageId = readAs(wire.read, raw)?.mid;
  if (providerMessageId === undefined) return ['read that names no message'];
  const counterparty = { identities: [customer] as [typeof customer] };
  return [{ kind: 'watermark', status: 'READ', counterparty, upTo: { providerMessageId } }];
}
