import type { Channel, Element, InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { Quarantined } from '../../store/quarantine.ts';
import type { LaterTask } from '../../store/queues.ts';
import { inParallel } from '../parallel.ts';
import { receivePast } from './past.ts';
import { apply } from './receive.ts';

/** What there was before an account was connected, part by part, in any order and any number of times. What can't be read is set aside, with the task that it came by. */
export async function receiveHistory(
  channel: Channel,
  { part }: Extract<InboundEvent, { kind: 'history' }>,
  { account, task }: { account: ChannelAccount; task: LaterTask },
): Promise<void> {
  const elements = (await channel.history?.(part)) ?? [];
  const events = elements.flatMap((element) => (element.ok ? [element.event] : []));
  const messages = events.filter((event) => event.kind === 'message');
  await receivePast(channel, messages, account);
  await inParallel(
    events.filter((event) => event.kind !== 'message'),
    (event) => apply(channel, event, account),
  );
  const aside = elements.flatMap((element) => (element.ok ? [] : [asideOf(element, account)]));
  if (aside.length === 0) return;
  // what can't be read is rare
  const { quarantine } = await import('../../store/quarantine.ts');
  await quarantine(account.channel, aside, { later: task });
}

function asideOf({ reason, raw }: Extract<Element, { ok: false }>, account: ChannelAccount): Quarantined {
  const { organizationId, id: accountId } = account;
  return { reason, raw: JSON.stringify(raw) ?? '', organizationId, accountId };
}
