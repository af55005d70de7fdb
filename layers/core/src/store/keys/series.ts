import type { OrganizationId, SeriesId } from '../../domain/id.ts';
import type { Key } from './key.ts';

export const SERIES_PREFIX = 'ser_';

export function seriesPartition(organization: OrganizationId): string {
  return `${organization}#series`;
}

export function seriesKey(organization: OrganizationId, id: SeriesId): Key {
  return { pk: seriesPartition(organization), sk: id };
}
