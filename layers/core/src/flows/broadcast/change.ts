import { NO_TOTALS } from '../../domain/broadcast.ts';
import type { Audience, Broadcast, BroadcastStatus } from '../../domain/broadcast.ts';
import { compact } from '../../domain/compact.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { stepBroadcast } from '../../store/broadcast-steps.ts';
import type { BroadcastChange } from '../../store/broadcast-item.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { keepContent } from './content.ts';
import { readChange } from './fields.ts';
import type { Change } from './fields.ts';
import { beginning, keepAudience, leavesOf } from './written.ts';
import type { CheckFilter } from './written.ts';

/** What a broadcast can be changed in before it is started; a new list, or another country for its numbers, is read anew. */
const CHANGEABLE: BroadcastStatus[] = ['DRAFT', 'READY', 'FAILED'];

/** Changes a broadcast that has not been started. */
export async function changeBroadcast(
  load: LoadChannel,
  broadcast: Broadcast,
  json: unknown,
  checkFilter: CheckFilter,
): Promise<Result<Broadcast>> {
  const { id, status } = broadcast;
  if (!CHANGEABLE.includes(status) || broadcast.startedAt !== undefined)
    return refuse(409, 'not_changeable', `'${id}' is ${status}: only a broadcast that was not started can be changed`);
  const read = readChange(json);
  if (!read.ok) return read;
  const change = await changeOf(load, broadcast, read.value, checkFilter);
  if (!change.ok) return change;
  const changed = await stepBroadcast(broadcast, change.value, CHANGEABLE);
  return changed ? ok(changed) : refuse(409, 'changed_meanwhile', `'${id}' was changed at the same time. Try again.`);
}

/** What is to be written of it, with its files and its list kept. */
async function changeOf(
  load: LoadChannel,
  broadcast: Broadcast,
  written: Change,
  checkFilter: CheckFilter,
): Promise<Result<BroadcastChange>> {
  const { name, default_country: defaultCountry, price, content } = written;
  const said = content && (await keepContent(load, broadcast, content));
  if (said && !said.ok) return said;
  const leaves = await leavesOf(broadcast, written);
  if (!leaves.ok) return leaves;
  const audience = await audienceOf(broadcast, written, checkFilter);
  if (!audience.ok) return audience;
  return ok({
    ...compact({ name, price, defaultCountry, audience: audience.value }),
    ...(said && { files: undefined, ...said.value }),
    ...(written.scheduled_at === undefined ? {} : { scheduledAt: leaves.value }),
    ...whatFollows(broadcast, written, leaves.value),
  });
}

async function audienceOf(
  { organizationId, id, reading, audience }: Broadcast,
  { audience: written }: Change,
  checkFilter: CheckFilter,
): Promise<Result<Audience | undefined>> {
  if (!written) return ok(audience);
  return keepAudience(organizationId, `broadcasts/${organizationId}/${id}/${reading.round + 1}`, written, checkFilter);
}

function whatFollows(
  broadcast: Broadcast,
  { audience: written, default_country: country, scheduled_at: at }: Change,
  scheduledAt: number | undefined,
): BroadcastChange {
  const isReadAnew = written !== undefined || (country !== undefined && broadcast.audience !== undefined);
  if (isReadAnew) return readAnew(broadcast.reading.round + 1);
  return dueAfter(broadcast, at === undefined ? broadcast.scheduledAt : scheduledAt);
}

function readAnew(round: number): BroadcastChange {
  return { status: 'IMPORTING', due: 'import', totals: NO_TOTALS, reading: beginning(round), problem: undefined };
}

/** One that can be started waits for its time, if it has one. */
function dueAfter({ status }: Broadcast, scheduledAt: number | undefined): BroadcastChange {
  return { due: status === 'READY' && scheduledAt !== undefined ? 'schedule' : undefined };
}
