import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Audience, Broadcast, BroadcastStatus, Reading, Running, Totals } from '../domain/broadcast.ts';
import type { BroadcastProblem } from '../domain/broadcast-problem.ts';
import type { Media } from '../domain/body.ts';
import type { ChannelName } from '../domain/channel.ts';
import { compact } from '../domain/compact.ts';
import type { BroadcastId, ChannelAccountId, OrganizationId } from '../domain/id.ts';
import type { Price } from '../domain/price.ts';
import { fromAttributes } from './attributes.ts';
import type { Item } from './attributes.ts';

/** What the stream should do with a broadcast: have its list read, its messages made, or wake it at its time. */
export type BroadcastDue = 'import' | 'run' | 'schedule';

interface BroadcastItem {
  pk: string;
  sk: BroadcastId;
  name?: string;
  channel: ChannelName;
  account: ChannelAccountId;
  content: Record<string, unknown>;
  files?: Record<string, Media>;
  audience?: Audience;
  country?: string;
  price?: Price;
  scheduled?: number;
  status: BroadcastStatus;
  step: number;
  totals: Totals;
  reading: Reading;
  running: Running;
  problem?: BroadcastProblem;
  created: number;
  started?: number;
  finished?: number;
  upd: number;
  due?: BroadcastDue;
}

/** What a step changes; `undefined` takes away. */
export type BroadcastChange = {
  [K in Exclude<keyof Broadcast, 'id' | 'organizationId' | 'step' | 'createdAt' | 'updatedAt'>]?:
    | Broadcast[K]
    | undefined;
} & { due?: BroadcastDue | undefined };

/** A broadcast out of a stream record's image, with what it is due for. */
export function fromBroadcastImage(image: Record<string, AttributeValue>): {
  broadcast: Broadcast;
  due: BroadcastDue | undefined;
} {
  const item = fromAttributes(image);
  return { broadcast: fromBroadcastItem(item), due: item['due'] as BroadcastDue | undefined };
}

/** A broadcast as it is stored. */
export function toBroadcastItem(broadcast: Broadcast): Item {
  return {
    name: broadcast.name,
    channel: broadcast.channel,
    account: broadcast.channelAccountId,
    content: broadcast.content,
    files: broadcast.files,
    audience: broadcast.audience,
    country: broadcast.defaultCountry,
    price: broadcast.price,
    scheduled: broadcast.scheduledAt,
    status: broadcast.status,
    step: broadcast.step,
    totals: broadcast.totals,
    reading: broadcast.reading,
    running: broadcast.running,
    problem: broadcast.problem,
    created: broadcast.createdAt,
    started: broadcast.startedAt,
    finished: broadcast.finishedAt,
    upd: broadcast.updatedAt,
  };
}

export function fromBroadcastItem(raw: Item): Broadcast {
  const item = raw as unknown as BroadcastItem;
  return {
    id: item.sk,
    organizationId: item.pk.slice(0, item.pk.indexOf('#')) as OrganizationId,
    channel: item.channel,
    channelAccountId: item.account,
    content: item.content,
    status: item.status,
    step: item.step,
    totals: item.totals,
    reading: item.reading,
    running: item.running,
    createdAt: item.created,
    updatedAt: item.upd,
    ...compact({
      name: item.name,
      files: item.files,
      audience: item.audience,
      defaultCountry: item.country,
      price: item.price,
      scheduledAt: item.scheduled,
      problem: item.problem,
      startedAt: item.started,
      finishedAt: item.finished,
    }),
  };
}

const names: Record<keyof BroadcastChange, keyof BroadcastItem> = {
  name: 'name',
  channel: 'channel',
  channelAccountId: 'account',
  content: 'content',
  files: 'files',
  audience: 'audience',
  defaultCountry: 'country',
  price: 'price',
  scheduledAt: 'scheduled',
  status: 'status',
  totals: 'totals',
  reading: 'reading',
  running: 'running',
  problem: 'problem',
  startedAt: 'started',
  finishedAt: 'finished',
  due: 'due',
};

/** What an attribute of the item is called. */
export function nameOf(name: string): string {
  return names[name as keyof typeof names];
}
