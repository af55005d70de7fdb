import { channelNamed } from '@parley/core/channels/manifests.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import type { HttpRequest } from '@parley/core/edge/http.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import type { Query } from '@parley/core/edge/postgrest/query.ts';
import { tables } from '@parley/core/edge/tables.ts';
import type { TableName } from '@parley/core/edge/tables.ts';

/** What a request asks of a table. A channel may be spelled as in a send's path: `whatsapp-cloud` finds `whatsapp_cloud`. */
export function queryOf({ rawQuery }: HttpRequest, table: TableName): Result<Query> {
  const parsed = parseQuery(rawQuery, { ...tables[table], spelled: table === 'channels' ? ofChannels : ofRows });
  return parsed.ok ? { ok: true, value: parsed.query } : parsed;
}

const asStored = (written: string): string => channelNamed(written) ?? written;
const ofRows = { channel: asStored, channels: (list: string) => list.replaceAll(/[\w-]+/g, asStored) };
const ofChannels = { name: asStored };
