import { channelNamed, manifestOf } from '../../channels/manifests.ts';
import { NO_TOTALS } from '../../domain/broadcast.ts';
import type { Audience, Broadcast } from '../../domain/broadcast.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { ChannelName } from '../../domain/channel.ts';
import { compact } from '../../domain/compact.ts';
import { newBroadcastId } from '../../domain/id.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { storeBroadcast } from '../../store/broadcasts.ts';
import { listAccounts } from '../../store/channel-accounts.ts';
import type { Principal } from '../access/authenticate.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { keepContent } from './content.ts';
import { readCreation } from './fields.ts';
import type { Creation } from './fields.ts';
import { beginning, keepAudience, leavesOf } from './written.ts';
import type { CheckFilter } from './written.ts';

/** Which broadcast it is, and when it leaves by itself (ms). */
type Frame = Pick<Broadcast, 'id' | 'organizationId' | 'channel' | 'channelAccountId' | 'scheduledAt'>;

/** What it says, and to whom. */
type Filling = Pick<Broadcast, 'content' | 'files' | 'audience'>;

/** Makes a broadcast. Its list is read at once; without one it waits for that as a DRAFT. */
export async function createBroadcast(
  load: LoadChannel,
  { organizationId }: Principal,
  json: unknown,
  checkFilter: CheckFilter,
): Promise<Result<Broadcast>> {
  const read = readCreation(json);
  if (!read.ok) return read;
  const frame = await frameOf(organizationId, read.value);
  if (!frame.ok) return frame;
  const filling = await fillingOf(load, frame.value, read.value, checkFilter);
  if (!filling.ok) return filling;
  const broadcast = newBroadcast({ ...frame.value, ...filling.value }, read.value);
  await storeBroadcast(broadcast, broadcast.audience ? 'import' : undefined);
  return ok(broadcast);
}

async function frameOf(organizationId: OrganizationId, written: Creation): Promise<Result<Frame>> {
  const channel = sendingChannel(written.channel);
  if (!channel.ok) return channel;
  const account = await accountFor(organizationId, channel.value, written.channel_account_id);
  if (!account.ok) return account;
  const leaves = await leavesOf({ organizationId }, written);
  if (!leaves.ok) return leaves;
  const frame = { id: newBroadcastId(), organizationId, channel: channel.value, channelAccountId: account.value.id };
  return ok({ ...frame, ...compact({ scheduledAt: leaves.value }) });
}

function sendingChannel(named: string): Result<ChannelName> {
  const channel = channelNamed(named);
  if (channel && manifestOf(channel).outbound) return ok(channel);
  return refuse(422, 'no_channel', `'channel': there is no channel '${named}' to send on`, { details: 'channel' });
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
  return refuse(
    400,
    'missing_field',
    `'channel_account_id' is required: this organization has several ${channel} accounts`,
    {
      details: 'channel_account_id',
    },
  );
}

async function fillingOf(
  load: LoadChannel,
  frame: Frame,
  { content, audience: written }: Creation,
  checkFilter: CheckFilter,
): Promise<Result<Filling>> {
  const said = await keepContent(load, frame, content);
  if (!said.ok) return said;
  const audience = await audienceOf(frame, written, checkFilter);
  return audience.ok ? ok({ ...said.value, ...compact({ audience: audience.value }) }) : audience;
}

async function audienceOf(
  { organizationId, id }: Frame,
  written: Creation['audience'],
  checkFilter: CheckFilter,
): Promise<Result<Audience | undefined>> {
  if (!written) return ok(undefined);
  return keepAudience(organizationId, `broadcasts/${organizationId}/${id}`, written, checkFilter);
}

function newBroadcast(told: Frame & Filling, { name, default_country: defaultCountry, price }: Creation): Broadcast {
  const now = Date.now();
  return {
    ...told,
    step: 1,
    status: told.audience ? 'IMPORTING' : 'DRAFT',
    totals: NO_TOTALS,
    reading: beginning(1),
    running: { part: 0, made: 0, skipped: 0 },
    createdAt: now,
    updatedAt: now,
    ...compact({ name, defaultCountry, price }),
  };
}
