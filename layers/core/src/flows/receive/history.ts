import type { Channel, Element, InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { quarantine } from '../../store/quarantine.ts';
import { inParallel } from '../parallel.ts';
import { receivePast } from './past.ts';
import { apply } from './receive.ts';

/** What there was before an account was connected, part by part, in any order and any number of times. What can't be read is set aside. */
export async function receiveHistory(
  channel: Channel,
  { part }: Extract<InboundEvent, { kind: 'history' }>,
  account: ChannelAccount,
): Promise<void> {
  const elements = (await channel.history?.(part)) ?? [];
  const events = elements.flatMap((element) => (element.ok ? [element.event] : []));
  const messages = events.filter((event) => event.kind === 'message');
  await receivePast(channel, messages, account);
  await inParallel(
    events.filter((event) => event.kind !== 'message'),
    (event) => apply(channel, event, account),
  );
  for (const element of elements) if (!element.ok) await setAside(element, account);
}

function setAside({ reason, raw }: Extract<Element, { ok: false }>, account: ChannelAccount): Promise<void> {
  const { channel, organizationId, id: accountId } = account;
  return quarantine({ channel, reason, raw: JSON.stringify(raw) ?? '', organizationId, accountId });
}
