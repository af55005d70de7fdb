import type { Audience, Broadcast } from '../../domain/broadcast.ts';
import { compact } from '../../domain/compact.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { storeLines } from '../../store/broadcast-files.ts';
import { findUpload } from '../../store/uploads.ts';
import type { Principal } from '../access/authenticate.ts';
import { outsideQuiet } from '../deliver/quiet.ts';
import { timesOf } from '../schedule/time-fields.ts';
import { leavesAt } from '../send/time.ts';
import type { Change, Creation } from './fields.ts';

/** What a filter over contacts has wrong, if anything. */
export type CheckFilter = (filter: string) => Result<undefined>;

type WrittenAudience = NonNullable<Creation['audience']>;

/** The list as a broadcast keeps it: ids of contacts are put into this folder of the bucket. 404 for an upload that is not there. */
export async function keepAudience(
  organization: OrganizationId,
  folder: string,
  written: WrittenAudience,
  checkFilter: CheckFilter,
): Promise<Result<Audience>> {
  switch (written.kind) {
    case 'contacts': {
      const key = `${folder}/contacts.ndjson`;
      await storeLines(key, written.contact_ids);
      return ok({ kind: 'contacts', key, count: written.contact_ids.length });
    }
    case 'filter': {
      const checked = checkFilter(written.filter);
      return checked.ok ? ok(written) : checked;
    }
    case 'file':
      return uploadedAudience(organization, written);
  }
}

async function uploadedAudience(
  organization: OrganizationId,
  { kind, upload_id: uploadId, mapping, sheet, encoding }: Extract<WrittenAudience, { kind: 'file' }>,
): Promise<Result<Audience>> {
  if (await findUpload(organization, uploadId)) return ok({ kind, uploadId, ...compact({ mapping, sheet, encoding }) });
  return refuse(404, 'no_upload', `'audience.upload_id' names no file of this organization`, {
    details: 'audience.upload_id',
    hint: 'Put the file to the url that create_upload gave, then make the broadcast.',
  });
}

/** When a broadcast leaves by itself (ms), if it was said. */
export async function leavesOf(
  { organizationId }: Principal,
  { scheduled_at, timezone }: Pick<Change, 'scheduled_at' | 'timezone'>,
): Promise<Result<number | undefined>> {
  if (typeof scheduled_at === 'string') return timeOf(organizationId, timesOf({ scheduled_at, timezone }));
  if (timezone === undefined) return ok(undefined);
  return refuse(400, 'missing_field', `'scheduled_at' is required: 'timezone' alone says no time`, {
    details: 'scheduled_at',
  });
}

/** Within quiet hours that hold, it begins and stays in its queue; within those that refuse, all of it would fail. */
async function timeOf(
  organizationId: OrganizationId,
  times: ReturnType<typeof timesOf>,
): Promise<Result<number | undefined>> {
  const leaves = await leavesAt({ organizationId }, times);
  if (!leaves.ok || leaves.value === undefined) return leaves;
  const allowed = await outsideQuiet(organizationId, 'bulk', leaves.value, 'scheduled_at');
  return allowed.ok ? leaves : allowed;
}

/** Where the reading of a list begins. */
export function beginning(round: number): Broadcast['reading'] {
  return { round, phase: 'open', at: 0, row: 0, chunks: 0, parts: 0 };
}
