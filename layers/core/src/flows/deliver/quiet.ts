import { compact } from '../../domain/compact.ts';
import { clockOf } from '../../domain/local-time.ts';
import type { Message } from '../../domain/message.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { isQuietFor, quietUntil } from '../../domain/quiet-hours.ts';
import type { QuietLane } from '../../domain/quiet-hours.ts';
import type { SendError } from '../../domain/status.ts';
import { settingsOf } from '../../store/organization-settings.ts';

/** It is quiet until then (ms), and what would leave now is held or refused. */
export interface Quiet {
  until: number;
  policy: 'hold' | 'refuse';
}

/** Whether an organization leaves its customers alone at that time, as far as such a message goes. */
export async function quietFor(
  organizationId: Message['organizationId'],
  lane: QuietLane,
  at: number,
): Promise<Quiet | undefined> {
  const { quiet_hours: quiet, timezone } = await settingsOf(organizationId);
  if (!quiet || !isQuietFor(quiet, lane)) return undefined;
  const clock = await clockOf(quiet.timezone ?? timezone ?? 'UTC');
  const until = clock && quietUntil(quiet, clock, at);
  return until === undefined ? undefined : { until, policy: quiet.policy ?? 'hold' };
}

/** When what is to leave at that time does (ms): then, or as quiet hours that hold it end. Refused within those that refuse; `field` names the time, if it is not now. */
export async function outsideQuiet(
  organizationId: Message['organizationId'],
  lane: QuietLane,
  at: number,
  field: string | undefined,
): Promise<Result<number>> {
  const quiet = await quietFor(organizationId, lane, at);
  if (quiet?.policy !== 'refuse') return ok(quiet?.until ?? at);
  const named = field === undefined ? 'Now' : `'${field}'`;
  return refuse(422, 'quiet_hours', `${named} lies within the quiet hours of the organization`, {
    ...compact({ details: field }),
    hint: `They end at ${new Date(quiet.until).toISOString()}.`,
  });
}

export function quietLaneOf({
  broadcastId,
  scheduledAt,
  seriesId,
}: Pick<Message, 'broadcastId' | 'scheduledAt' | 'seriesId'>): QuietLane {
  if (broadcastId !== undefined) return 'bulk';
  return (scheduledAt ?? seriesId) === undefined ? 'single' : 'scheduled';
}

export const quietError: SendError = {
  code: 'quiet_hours',
  class: 'invalid',
  message: 'Not sent: it would have left within the quiet hours of the organization.',
  permanent: false,
};
