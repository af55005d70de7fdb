import { loadChannel } from '@parley/core/channels/registry.ts';
import type { Broadcast } from '@parley/core/domain/broadcast.ts';
import { ok } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import type { Row } from '@parley/core/domain/rows.ts';
import {
  cancelBroadcast,
  pauseBroadcast,
  requestExport,
  resumeBroadcast,
  retryBroadcast,
  startBroadcast,
} from '@parley/core/flows/broadcast/control.ts';
import { currentRow } from '@parley/core/flows/broadcast/count.ts';
import { dryRun } from '@parley/core/flows/broadcast/preview.ts';
import type { DryRun } from '@parley/core/flows/broadcast/preview.ts';
import type { Action } from './action.ts';
import { previewRow } from './preview-rows.ts';

/** What is done with broadcasts; each answers with the broadcast's row. */
export const actions = {
  start_broadcast: async (principal, body) => rowOf(await startBroadcast(loadChannel, principal, body)),
  pause_broadcast: async (principal, body) => rowOf(await pauseBroadcast(principal, body)),
  resume_broadcast: async (principal, body) => rowOf(await resumeBroadcast(principal, body)),
  cancel_broadcast: async (principal, body) => rowOf(await cancelBroadcast(principal, body)),
  retry_broadcast: async (principal, body) => rowOf(await retryBroadcast(principal, body)),
  export_broadcast: async (principal, body) => rowOf(await requestExport(principal, body)),
  preview_broadcast: async (principal, body) => {
    const run = await dryRun(loadChannel, principal, body);
    return run.ok ? ok(await dryRunRow(run.value)) : run;
  },
} satisfies Record<string, Action>;

async function rowOf(result: Result<Broadcast>): Promise<Result<Row>> {
  return result.ok ? ok(await currentRow(result.value)) : result;
}

async function dryRunRow({ broadcast, samples, sampled, refused, segments, cost }: DryRun): Promise<Row> {
  const { totals } = await currentRow(broadcast);
  return {
    id: broadcast.id,
    totals,
    sampled,
    refused,
    segments: segments ?? null,
    cost: cost ?? null,
    samples: samples.map(({ recipient: { to, name, variables }, preview }) => ({
      to,
      name: name ?? null,
      variables: variables ?? {},
      preview: previewRow(preview),
    })),
  };
}
