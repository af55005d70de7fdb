import { channelNamed, manifestOf } from '../../channels/manifests.ts';
import { NO_TOTALS } from '../../domain/broadcast.ts';
import type { Audience, Broadcast, BroadcastStatus } from '../../domain/broadcast.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { ChannelName } from '../../domain/channel.ts';
import { compact } from '../../domain/compact.ts';
import { newBroadcastId } from '../../domain/id.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { requiredText } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { storeLines } from '../../store/broadcast-files.ts';
import { findBroadcast, storeBroadcast } from '../../store/broadcasts.ts';
import { stepBroadcast } from '../../store/broadcast-steps.ts';
import type { BroadcastChange } from '../../store/broadcast-item.ts';
import { listAccounts } from '../../store/channel-accounts.ts';
import { findUpload } from '../../store/uploads.ts';
import type { Principal } from '../access/authenticate.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { timesOf } from '../schedule/time-fields.ts';
import { leavesAt } from '../send/time.ts';
import { keepContent } from './content.ts';
import { readChange, readCreation } from './fields.ts';
import type { Change, Creation } from './fields.ts';

/** What a filter over contacts has wrong, if anything. */
export type CheckFilter = (filter: string) => Result<undefined>;

type WrittenAudience = NonNullable<Creation['audience']>;

/** Makes a broadcast. Its list is read at once; without one it waits for that as a DRAFT. */
export async function createBroadcast(
  load: LoadChannel,
  { organizationId }: Principal,
  json: unknown,
  checkFilter: CheckFilter,
): Promise<Result<Broadcast>> {
  const read = readCreation(json);
  if (!read.ok) return read;
  const { channel: named, audience: written, content } = read.value;
  const channel = channelNamed(named);
  if (!channel || !manifestOf(channel).outbound)
    return refuse(422, 'no_channel', `'channel': there is no channel '${named}' to send on`, { details: 'channel' });
  const account = await accountFor(organizationId, channel, read.value.channel_account_id);
  if (!account.ok) return account;
  const leaves = await leavesOf({ organizationId }, read.value);
  if (!leaves.ok) return leaves;
  const id = newBroadcastId();
  const said = await keepContent(load, { organizationId, id, channel }, content);
  if (!said.ok) return said;
  const audience = written
    ? await readAudience(organizationId, `broadcasts/${organizationId}/${id}`, written, checkFilter)
    : ok(undefined);
  if (!audience.ok) return audience;
  const now = Date.now();
  const broadcast: Broadcast = {
    id,
    organizationId,
    channel,
    channelAccountId: account.value.id,
    ...said.value,
    step: 1,
    status: audience.value ? 'IMPORTING' : 'DRAFT',
    totals: NO_TOTALS,
    reading: beginning(1),
    running: { part: 0, made: 0, skipped: 0 },
    createdAt: now,
    updatedAt: now,
    ...compact({
      name: read.value.name,
      audience: audience.value,
      defaultCountry: read.value.default_country,
      price: read.value.price,
      scheduledAt: leaves.value,
    }),
  };
  await storeBroadcast(broadcast, audience.value ? 'import' : undefined);
  return ok(broadcast);
}

/** What a broadcast can be changed in before it is started; a new list, or another country for its numbers, is read anew. */
const CHANGEABLE: BroadcastStatus[] = ['DRAFT', 'READY', 'FAILED'];

/** Changes a broadcast that has not been started. */
export async function changeBroadcast(
  load: LoadChannel,
  broadcast: Broadcast,
  json: unknown,
  checkFilter: CheckFilter,
): Promise<Result<Broadcast>> {
  const { organizationId, id, status } = broadcast;
  if (!CHANGEABLE.includes(status) || broadcast.startedAt !== undefined)
    return refuse(409, 'not_changeable', `'${id}' is ${status}: only a broadcast that was not started can be changed`);
  const read = readChange(json);
  if (!read.ok) return read;
  const { name, audience: written, default_country: defaultCountry, price, content, scheduled_at: at } = read.value;
  const said = content && (await keepContent(load, broadcast, content));
  if (said && !said.ok) return said;
  const leaves = await leavesOf(broadcast, read.value);
  if (!leaves.ok) return leaves;
  const scheduledAt = leaves.value;
  const round = broadcast.reading.round + 1;
  const audience = written
    ? await readAudience(organizationId, `broadcasts/${organizationId}/${id}/${round}`, written, checkFilter)
    : ok(broadcast.audience);
  if (!audience.ok) return audience;
  const isReadAnew = written !== undefined || (defaultCountry !== undefined && audience.value !== undefined);
  const change: BroadcastChange = {
    ...compact({ name, price, defaultCountry, audience: audience.value }),
    ...(said && { files: undefined, ...said.value }),
    ...(at === undefined ? {} : { scheduledAt }),
    ...(isReadAnew ? readAnew(round) : dueAfter(broadcast, at === undefined ? broadcast.scheduledAt : scheduledAt)),
  };
  const changed = await stepBroadcast(broadcast, change, CHANGEABLE);
  return changed ? ok(changed) : refuse(409, 'changed_meanwhile', `'${id}' was changed at the same time. Try again.`);
}

/** A broadcast of this organization, by the `id` of an action. */
export async function ownBroadcast(
  { organizationId }: Principal,
  body: Record<string, unknown>,
): Promise<Result<Broadcast>> {
  const id = requiredText(body, 'id');
  if (!id.ok) return id;
  const found = await findBroadcast(organizationId, id.value as Broadcast['id']);
  return found
    ? ok(found)
    : refuse(404, 'no_broadcast', `'id' names no broadcast of this organization`, { details: 'id' });
}

function readAnew(round: number): BroadcastChange {
  return { status: 'IMPORTING', due: 'import', totals: NO_TOTALS, reading: beginning(round), problem: undefined };
}

/** One that can be started waits for its time, if it has one. */
function dueAfter({ status }: Broadcast, scheduledAt: number | undefined): BroadcastChange {
  return { due: status === 'READY' && scheduledAt !== undefined ? 'schedule' : undefined };
}

function beginning(round: number): Broadcast['reading'] {
  return { round, phase: 'open', at: 0, row: 0, chunks: 0, parts: 0 };
}

async function leavesOf(
  { organizationId }: Principal,
  { scheduled_at, timezone }: Pick<Change, 'scheduled_at' | 'timezone'>,
): Promise<Result<number | undefined>> {
  if (typeof scheduled_at === 'string') return leavesAt({ organizationId }, timesOf({ scheduled_at, timezone }));
  if (timezone === undefined) return ok(undefined);
  return refuse(400, 'missing_field', `'scheduled_at' is required: 'timezone' alone says no time`, {
    details: 'scheduled_at',
  });
}

async function accountFor(
  organization: OrganizationId,
  channel: ChannelName,
  named: string | undefined,
): Promise<Result<ChannelAccount>> {
  const accounts = (await listAccounts(organization)).filter((account) => account.channel === channel);
  const active = accounts.filter(({ status }) => status === 'Active');
  const account = named === undefined ? active[0] : accounts.find(({ id }) => id === named);
  if (!account)
    return refuse(404, 'no_channel_account', `'channel_account_id' names no ${channel} account of this organization`, {
      details: 'channel_account_id',
    });
  if (named !== undefined || active.length === 1) return ok(account);
  return refuse(400, 'missing_field', `'channel_account_id' is required: this organization has several`, {
    details: 'channel_account_id',
  });
}

async function readAudience(
  organization: OrganizationId,
  folder: string,
  written: WrittenAudience,
  checkFilter: CheckFilter,
): Promise<Result<Audience | undefined>> {
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
    case 'file': {
      const { kind, upload_id: uploadId, mapping, sheet, encoding } = written;
      if (await findUpload(organization, uploadId))
        return ok({ kind, uploadId, ...compact({ mapping, sheet, encoding }) });
      return refuse(404, 'no_upload', `'audience.upload_id' names no file of this organization`, {
        details: 'audience.upload_id',
        hint: 'Put the file to the url that create_upload gave, then make the broadcast.',
      });
    }
  }
}
