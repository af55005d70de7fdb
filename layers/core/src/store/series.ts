import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { OrganizationId, SeriesId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import type { Series } from '../domain/series.ts';
import { fromAttributes } from './attributes.ts';
import { seriesKey, seriesPartition } from './keys/series.ts';
import { messageKey } from './keys/conversations.ts';
import { toMessageItem } from './message-item.ts';
import { getItem, putItem, queryAll, writeTogether } from './table.ts';
import type { Item } from './attributes.ts';
import { ABSENT } from './expressions.ts';
import type { Condition } from './expressions.ts';

/** Stores a new series. One that is asked for again meets itself. */
export async function storeSeries(series: Series): Promise<'stored' | 'duplicate'> {
  const written = await putItem(seriesKey(series.organizationId, series.id), toItem(series), ABSENT);
  return written.ok ? 'stored' : 'duplicate';
}

/** A series as it is now. */
export async function findSeries(organization: OrganizationId, id: string): Promise<Series | undefined> {
  const item = await getItem(seriesKey(organization, id as SeriesId), { consistent: true });
  return item && fromItem(item);
}

/** Oldest first. */
export async function* listSeries(organization: OrganizationId): AsyncGenerator<Series> {
  for await (const item of queryAll({ partition: seriesPartition(organization) })) yield fromItem(item);
}

/** Writes a change, if the series is still the one that was changed. */
export async function changeSeries(series: Series): Promise<Series | undefined> {
  const changed = nextVersion(series);
  const written = await putItem(seriesKey(series.organizationId, series.id), toItem(changed), unchanged(series));
  return written.ok ? changed : undefined;
}

/**
 * Moves a series on and stores the message of its occurrence, both or neither: so an occurrence makes one message, whoever dies when, and a series that
 * was changed meanwhile makes none. `known`: the message is there already.
 */
export async function storeOccurrence(series: Series, message: Message): Promise<'stored' | 'changed' | 'known'> {
  const written = await writeTogether([
    {
      key: seriesKey(series.organizationId, series.id),
      item: toItem(nextVersion(series)),
      condition: unchanged(series),
    },
    { key: messageKey(message.organizationId, message.id), item: toMessageItem(message, 'send'), condition: ABSENT },
  ]);
  if (written.ok) return 'stored';
  return written.failed === 0 ? 'changed' : 'known';
}

/** A series out of a stream record's image. */
export function fromSeriesImage(image: Record<string, AttributeValue>): Series {
  return fromItem(fromAttributes(image));
}

function nextVersion(series: Series): Series {
  return { ...series, version: series.version + 1, updatedAt: Date.now() };
}

function unchanged({ version }: Series): Condition {
  return { when: '#version = :version', values: { version } };
}

/** `due`: the stream schedules what it waits for. */
function toItem({ organizationId: _organization, id: _id, ...series }: Series): Item {
  return { ...series, due: series.next === undefined ? undefined : 'series' };
}

function fromItem({ pk, sk, due: _due, ...item }: Item): Series {
  const organizationId = String(pk).slice(0, String(pk).indexOf('#'));
  return { ...item, organizationId, id: sk } as unknown as Series;
}
