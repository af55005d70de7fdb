import type { Channel, WebhookRequest } from '../../channels/contract.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { matching, object } from '../../domain/fields.ts';
import type { ChannelAccountId } from '../../domain/id.ts';
import { connectedAccount } from '../../store/channel-accounts.ts';
import { queueMail } from '../../store/mail-queue.ts';
import { quarantinedOn, removeQuarantined } from '../../store/quarantine.ts';
import type { Again, Group, KeptWebhook } from '../../store/quarantine.ts';
import { queueLater } from '../../store/queues.ts';
import { done, readCommand } from '../access/command.ts';
import type { Outcome } from '../access/command.ts';
import { channelField } from '../channel-field.ts';
import { inParallel } from '../parallel.ts';
import { read, take } from './receive.ts';
import type { Verified } from './receive.ts';

const fields = object({
  channel: channelField,
  day: matching(/^\d{4}-\d\d-\d\d$/, 'must be a day (UTC), as in 2026-01-31'),
});

/** What became of what a channel had set aside on a day. */
export interface Reprocessed {
  /** elements that are where they belong now */
  applied: number;
  /** elements that are being worked on again by whoever set them aside */
  queued: number;
  /** elements that still can't be used, by the reason */
  remaining: Record<string, number>;
  /** there was not time enough for all: ask again */
  more: boolean;
  /** what we did not expect, and of what: the first element's id stands for all that came with it */
  failures: { id: string; error: unknown }[];
}

/**
 * Tries again what was set aside, by the way by which it came. What was applied meanwhile meets itself, so asking again does nothing new. `deadline`
 * (ms): nothing is begun after it.
 */
export async function reprocessQuarantined(
  load: LoadChannel,
  payload: unknown,
  deadline: number,
): Promise<Outcome<Reprocessed>> {
  const wanted = readCommand(fields, payload);
  if (!wanted.ok) return wanted;
  const { channel: name, day } = wanted.value;
  const channel = await load(name);
  const sum: Reprocessed = { applied: 0, queued: 0, remaining: {}, more: false, failures: [] };
  for await (const group of quarantinedOn(name, day)) {
    if (Date.now() > deadline) return done({ ...sum, more: true });
    await tryOne(channel, day, group, sum).catch((error: unknown) =>
      sum.failures.push({ id: group.items[0]?.id ?? '', error }),
    );
  }
  return done(sum);
}

async function tryOne(channel: Channel, day: string, group: Group, sum: Reprocessed): Promise<void> {
  const { outcome, reasons } = await tryAgain(channel, group);
  if (outcome !== 'remaining') {
    await removeQuarantined(channel.manifest.name, day, group);
    sum[outcome] += group.items.length;
  }
  for (const reason of reasons) sum.remaining[reason] = (sum.remaining[reason] ?? 0) + 1;
}

interface Tried {
  outcome: 'applied' | 'queued' | 'remaining';
  /** why it remains, once for each element that does */
  reasons: string[];
}

async function tryAgain(channel: Channel, { items, again }: Group): Promise<Tried> {
  if (!again) return { outcome: 'remaining', reasons: items.map(({ reason }) => `too large to be kept: ${reason}`) };
  if ('webhook' in again) return takeAgain(channel, again.webhook);
  await queueAgain(again);
  return { outcome: 'queued', reasons: [] };
}

async function queueAgain(again: Exclude<Again, { webhook: unknown }>): Promise<void> {
  if ('later' in again) await queueLater(again.later);
  else await queueMail(again.mail);
}

/** Of a webhook that reads as it did then, only what was set aside is taken; of one that reads otherwise, all: what was applied meets itself. */
async function takeAgain(channel: Channel, webhook: KeptWebhook): Promise<Tried> {
  const verified = await verifiedOf(webhook);
  const elements = await read(channel, requestOf(webhook));
  const wanted = elements.length === webhook.of ? webhook.at.flatMap((index) => elements[index] ?? []) : elements;
  const taken = await inParallel(wanted, (element) => take(channel, element, verified));
  const reasons = taken.flatMap((outcome) => (outcome === 'applied' ? [] : [outcome.reason]));
  return { outcome: reasons.length === 0 ? 'applied' : 'remaining', reasons };
}

/** Its signature was found good when it came. Only an account of whoever signed is written to, as then. */
async function verifiedOf({ signer, organizationId }: KeptWebhook): Promise<Verified> {
  const account = organizationId && (await connectedAccount(organizationId, signer as ChannelAccountId));
  return { signer: { id: signer, secrets: [] }, ...(account ? { account } : {}) };
}

function requestOf({ method, headers, query, body }: KeptWebhook): WebhookRequest {
  return { method, headers, query: new URLSearchParams(query), body: Buffer.from(body, 'base64') };
}
