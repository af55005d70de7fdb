import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Body } from '../domain/body.ts';
import type { ChannelName } from '../domain/channel.ts';
import { compact } from '../domain/compact.ts';
import type { Counterparty } from '../domain/contact.ts';
import { joinMessageId } from '../domain/id.ts';
import type { BroadcastId, ChannelAccountId, ContactId, MessageId, SeriesId } from '../domain/id.ts';
import type { Direction, Message, PastAttempt } from '../domain/message.ts';
import type { WindowPolicy } from '../domain/send-window.ts';
import type { Step } from '../domain/status.ts';
import type { Wait } from '../domain/waiting.ts';
import { fromAttributes } from './attributes.ts';
import { MESSAGE_PREFIX, parseConversationPartition } from './keys/conversations.ts';
import { progressOf, toMarkItem } from './mark-item.ts';
import type { MarkItems } from './mark-item.ts';
import type { Item } from './attributes.ts';
import type { Condition } from './expressions.ts';

/**
 * What the stream should do with a message: hand it to its sender, fetch its media, wake it at its time, or decide it when no
 * provider ever told the outcome. Removed by whoever does it. `account`: nothing, until its account can send again; `broadcast`: nothing, until
 * its broadcast goes on; `window`: a schedule for the end of its patience; `later`: one for when it goes back into its queue.
 */
export type Due = 'send' | 'media' | 'schedule' | 'verdict' | 'account' | 'broadcast' | 'window' | 'later';

/** A message as it is stored: attributes are short because every update pays for the whole item, 1 KB at a time. */
interface MessageItem extends MarkItems {
  pk: string;
  sk: string;
  contact: ContactId;
  account: ChannelAccountId;
  channel: ChannelName;
  dir: 'I' | 'O';
  to: Counterparty;
  body: Body;
  author?: string;
  attempt: number;
  past?: PastAttempt[];
  pid?: string;
  ref?: string;
  reply?: MessageId;
  scheduled?: number;
  options?: Record<string, unknown>;
  person?: true;
  closed?: WindowPolicy;
  inbound?: number;
  held?: number;
  links?: string[];
  forward?: MessageId;
  bulk?: BroadcastId;
  series?: SeriesId;
  preparing?: true;
  history?: true;
  degraded?: string;
  edited?: number;
  deleted?: number;
  claimed?: number;
  claimer?: string;
  stored: number;
  upd: number;
  /** how far (ms) what its recipient may get was used up when it went */
  used?: number;
  /** what its sender put it off for; what it is due for may tell the same */
  wait?: Wait;
  due?: Due;
}

export function toMessageItem(message: Message, due?: Due): Item {
  return {
    contact: message.contactId,
    account: message.channelAccountId,
    channel: message.channel,
    dir: message.direction === 'INBOUND' ? 'I' : 'O',
    to: message.counterparty,
    body: message.body,
    author: message.author,
    attempt: message.attempt,
    past: message.pastAttempts,
    ...Object.fromEntries(Object.entries(message.progress).map(([step, mark]) => [step, toMarkItem(mark)])),
    pid: message.providerMessageId,
    ref: message.clientRef,
    reply: message.replyToId,
    scheduled: message.scheduledAt,
    options: message.options,
    person: message.byPerson,
    closed: message.onWindowClosed,
    inbound: message.lastInboundAt,
    held: message.heldUntil,
    links: message.links,
    forward: message.forwardOfId,
    bulk: message.broadcastId,
    series: message.seriesId,
    preparing: message.preparing,
    history: message.past,
    degraded: message.degraded,
    edited: message.editedAt,
    deleted: message.deletedAt,
    stored: message.storedAt,
    upd: message.updatedAt,
    due,
  };
}

export function fromMessageItem(raw: Item): Message {
  const item = raw as unknown as MessageItem;
  const wait = waitIn(item);
  const { organizationId, conversationId } = parseConversationPartition(item.pk);
  return {
    id: joinMessageId(item.sk.slice(MESSAGE_PREFIX.length), conversationId),
    organizationId,
    conversationId,
    contactId: item.contact,
    channel: item.channel,
    channelAccountId: item.account,
    direction: directionOf(item.dir),
    counterparty: item.to,
    body: item.body,
    attempt: item.attempt,
    progress: progressOf(item),
    storedAt: item.stored,
    updatedAt: item.upd,
    ...compact({
      author: item.author,
      providerMessageId: item.pid,
      clientRef: item.ref,
      replyToId: item.reply,
      scheduledAt: item.scheduled,
      pastAttempts: item.past,
      options: item.options,
      byPerson: item.person,
      onWindowClosed: item.closed,
      lastInboundAt: item.inbound,
      heldUntil: item.held,
      links: item.links,
      forwardOfId: item.forward,
      broadcastId: item.bulk,
      seriesId: item.series,
      wait,
      preparing: item.preparing,
      past: item.history,
      degraded: item.degraded,
      editedAt: item.edited,
      deletedAt: item.deleted,
      claimedAt: item.claimed,
    }),
  };
}

/** A message out of a stream record's image, with what it is due for. */
export function fromMessageImage(image: Record<string, AttributeValue>): { message: Message; due: Due | undefined } {
  const item = fromAttributes(image);
  return { message: fromMessageItem(item), due: item['due'] as Due | undefined };
}

function waitIn({ due, wait, scheduled, held }: MessageItem): Wait | undefined {
  if (due === 'account') return { reason: 'account' };
  if (due === 'window') return { reason: 'window', ...compact({ until: held }) };
  if (due !== 'schedule' || wait) return wait;
  return { reason: 'scheduled', ...compact({ until: scheduled }) };
}

function directionOf(dir: 'I' | 'O'): Direction {
  return dir === 'I' ? 'INBOUND' : 'OUTBOUND';
}

/** A condition: the message has come to none of these. */
export function noneOf(steps: Step[]): string {
  return steps.map((step) => `attribute_not_exists(#${step})`).join(' AND ');
}

/** A condition: the message is at the attempt that it was seen at, and claimed only if it was. */
export function asSeen({ attempt, claimedAt }: Pick<Message, 'attempt' | 'claimedAt'>): Required<Condition> {
  const claim = claimedAt === undefined ? 'attribute_not_exists(#claimed)' : 'attribute_exists(#claimed)';
  return { when: `#attempt = :current AND ${claim}`, values: { current: attempt } };
}
