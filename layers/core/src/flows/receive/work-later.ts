import type { Channel } from '../../channels/contract.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { findAccount } from '../../store/channel-accounts.ts';
import { readFile } from '../../store/media-files.ts';
import type { LaterTask } from '../../store/queues.ts';
import { currentAccount } from '../accounts/renew.ts';
import { receiveHistory } from './history.ts';
import type { LaterEvent } from './later.ts';
import { receiveMessage } from './message.ts';
import { applyWatermark } from './watermark.ts';

/** A provider that does not answer is asked so often, in half an hour; one that does not know the message, in half a minute. */
const MOST_ASKED = 8;
const MOST_MISSED = 4;

/** Works on what a webhook told and could not wait for. `tries` counts this one. */
export async function workLater(load: LoadChannel, task: LaterTask, tries: number): Promise<'done' | 'tryAgain'> {
  const { organizationId, channelAccountId, event } = task;
  const known = await findAccount(organizationId, channelAccountId);
  const channel = known && (await load(known.channel));
  const account = channel && (await currentAccount(channel, organizationId, channelAccountId));
  if (!account) return 'done';
  const told = (
    'told' in event ? event.told : JSON.parse(Buffer.from(await readFile(event.key)).toString())
  ) as LaterEvent;
  if (told.kind === 'watermark') return applyWatermark(told, account);
  if (told.kind === 'withheld') return receiveWithheld(channel, told, { account, tries });
  await receiveHistory(channel, told, { account, task });
  return 'done';
}

/** A message of which the webhook told next to nothing: the provider is asked for it, and where it does not say, a note of it is stored. */
async function receiveWithheld(
  channel: Channel,
  event: Extract<LaterEvent, { kind: 'withheld' }>,
  { account, tries }: { account: ConnectedAccount; tries: number },
): Promise<'done' | 'tryAgain'> {
  const found = (await channel.lookUp?.(event, account)) ?? [];
  const isKnown = found !== 'later' && found.length > 0;
  if (!isKnown && tries < (found === 'later' ? MOST_ASKED : MOST_MISSED)) return 'tryAgain';
  for (const message of isKnown ? found : [event.otherwise]) await receiveMessage(channel, message, account);
  return 'done';
}
