import type { Broadcast, Recipient } from '../../domain/broadcast.ts';
import type { Price } from '../../domain/price.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { readLines } from '../../store/broadcast-files.ts';
import { findAccount } from '../../store/channel-accounts.ts';
import { settingsOf } from '../../store/organization-settings.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { Principal } from '../access/authenticate.ts';
import { inParallel } from '../parallel.ts';
import { previewOn } from '../templates/preview.ts';
import type { Preview } from '../templates/preview.ts';
import { ownBroadcast } from './own-broadcast.ts';
import { requestOf } from './content.ts';
import { partKey, requestFor } from './run.ts';

/** What one recipient would get. */
export interface Sample {
  recipient: Recipient;
  preview: Preview;
}

/** What a broadcast would come to: who gets it, what the first of them get, how long that is and what it may cost. */
export interface DryRun {
  broadcast: Broadcast;
  /** the first three */
  samples: Sample[];
  /** of how many recipients the figures are; the rest is taken to be like them */
  sampled: number;
  refused: number;
  /** of an SMS, per message */
  segments?: { least: number; most: number; average: number };
  cost?: { amount: number; currency: string };
}

const SHOWN = 3;
const LOOKED_AT = 200;

/** A dry run: nothing is made and nobody is asked. */
export async function dryRun(
  load: LoadChannel,
  principal: Principal,
  body: Record<string, unknown>,
): Promise<Result<DryRun>> {
  const found = await ownBroadcast(principal, body);
  if (!found.ok) return found;
  const broadcast = found.value;
  const all = await samplesOf(load, broadcast, LOOKED_AT);
  if (!all.ok) return all;
  const previews = all.value.map(({ preview }) => preview);
  const good = previews.filter((preview) => preview.ok);
  const counts = good.flatMap(({ wording }) => wording.segments?.count ?? []);
  const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const expected = expectedRecipients(broadcast, previews.length, good.length);
  return ok({
    broadcast,
    samples: all.value.slice(0, SHOWN),
    sampled: previews.length,
    refused: previews.length - good.length,
    ...(counts.length === 0 ? {} : { segments: { least: Math.min(...counts), most: Math.max(...counts), average } }),
    ...(await costOf(broadcast, expected * (counts.length === 0 ? 1 : average))),
  });
}

/** What the first recipients of the list would get. */
export async function samplesOf(load: LoadChannel, broadcast: Broadcast, most: number): Promise<Result<Sample[]>> {
  const { organizationId, channelAccountId, reading, status } = broadcast;
  if (reading.parts === 0 || status === 'IMPORTING')
    return refuse(409, 'no_list', `'${broadcast.id}' is ${status}: its list has not been read`, { details: 'status' });
  const account = await findAccount(organizationId, channelAccountId);
  if (!account) return refuse(409, 'channel_account_gone', 'The channel account of this broadcast no longer exists');
  const request = requestOf(broadcast);
  if (!request.ok) return request;
  const channel = await load(broadcast.channel);
  const recipients = (await readLines<Recipient>(partKey(broadcast, 0))).slice(0, most);
  const samples = await inParallel(recipients, async (recipient): Promise<Sample> => {
    const one = { ...requestFor(request.value, recipient, account), dry: true as const };
    return { recipient, preview: await previewOn(channel, { organizationId }, one, account) };
  });
  return ok(samples);
}

/** Of the whole list, as many are refused as of those that were looked at. */
function expectedRecipients({ totals }: Broadcast, sampled: number, good: number): number {
  return sampled === 0 ? 0 : totals.recipients * (good / sampled);
}

async function costOf(broadcast: Broadcast, units: number): Promise<Pick<DryRun, 'cost'>> {
  const price = await priceOf(broadcast);
  if (!price) return {};
  return { cost: { amount: Math.round(units * price.amount * 100) / 100, currency: price.currency } };
}

/** Its own, else its account's, else its channel's. */
async function priceOf({ organizationId, channel, channelAccountId, price }: Broadcast): Promise<Price | undefined> {
  if (price) return price;
  const account = await findAccount(organizationId, channelAccountId);
  return account?.settings?.price ?? (await settingsOf(organizationId)).prices?.[channel];
}
