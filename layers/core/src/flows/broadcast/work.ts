import type { Channel } from '../../channels/contract.ts';
import { doneIn } from '../../domain/broadcast.ts';
import type { Broadcast } from '../../domain/broadcast.ts';
import type { BroadcastProblem } from '../../domain/broadcast-problem.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { broadcastNews } from '../../store/broadcast-counters.ts';
import { endRelease, stepBroadcast } from '../../store/broadcast-steps.ts';
import { findBroadcast } from '../../store/broadcasts.ts';
import { findAccount } from '../../store/channel-accounts.ts';
import type { BroadcastTask } from '../../store/queues.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { kept } from './keep.ts';
import type { ContactFilter } from './reading.ts';
import { release } from './standing.ts';

/** What does each kind of step: it is loaded for the first step of its kind. */
const steps = {
  read: async () => (await import('./read-list.ts')).readOn,
  run: async () => (await import('./run.ts')).runPart,
  retry: async () => (await import('./retry-unknown.ts')).retryUnknown,
  export: async () => (await import('./export.ts')).exportBroadcast,
};

export type Worked = { outcome: 'done' } | { outcome: 'later'; afterMs: number };

/** What the work needs from around it. */
export interface Around {
  load: LoadChannel;
  filter: ContactFilter;
  /** hides the task from others for so long (ms), from now */
  keep: (ms: number) => Promise<void>;
  /** how often this task has been received */
  receives: number;
}

/** So many messages of a broadcast may be made and not have left yet: the rest of a million waits where it costs nothing. */
const MOST_AHEAD = 5_000;
/** After so long the next invocation goes on, whatever is left. */
const WORK_FOR_MS = 60_000;
/** Before SQS gives a task up that waits, the broadcast asks for a new one. */
const RENEW_AFTER = 50;
/** A broadcast that is resumed goes on when the task that waits comes back. */
const LONGEST_WAIT_MS = 5_000;
const DONE: Worked = { outcome: 'done' };

/** Does what is next for a broadcast, step by step, as long as there is time. Each step can be done again; a task that is stale does nothing. */
export async function workOnBroadcast(task: BroadcastTask, around: Around): Promise<Worked> {
  const broadcast = await findBroadcast(task.organizationId, task.broadcastId);
  if (task.due === 'export' || task.due === 'retry') return broadcast ? serve(broadcast, task, around) : DONE;
  if (broadcast?.step !== task.step) return DONE;
  const until = Date.now() + WORK_FOR_MS;
  let at: Broadcast = broadcast;
  for (;;) {
    const now = at;
    const next = await kept(around.keep, () => advance(now, around));
    if (next.outcome === 'waits') return at.step === task.step ? wait(at, around) : DONE;
    if (next.outcome === 'done' || Date.now() > until) return DONE;
    at = next.broadcast;
  }
}

/** `again`: there is more to do, at a step for which the stream has queued a task by now. `waits`: for its messages to leave. */
type Advanced = { outcome: 'again'; broadcast: Broadcast } | { outcome: 'done' } | { outcome: 'waits' };

const STOPPED: Advanced = { outcome: 'done' };

async function advance(broadcast: Broadcast, around: Around): Promise<Advanced> {
  switch (broadcast.status) {
    case 'IMPORTING':
      return readOn(broadcast, around);
    case 'RUNNING':
      return runOn(broadcast, around);
    case 'CANCELLED':
      return windUp(broadcast, around);
    default:
      return STOPPED;
  }
}

function further(broadcast: Broadcast | undefined): Advanced {
  return broadcast ? { outcome: 'again', broadcast } : STOPPED;
}

async function readOn(broadcast: Broadcast, around: Around): Promise<Advanced> {
  const readList = await steps.read();
  return further(await readList(await around.load(broadcast.channel), broadcast, around));
}

async function runOn(broadcast: Broadcast, { load }: Around): Promise<Advanced> {
  const { organizationId, id, running, reading } = broadcast;
  if (running.release) {
    await release(broadcast);
    return further(await endRelease(broadcast));
  }
  const { tally } = await broadcastNews(organizationId, id, Date.now());
  const ahead = running.made - doneIn(tally);
  if (running.part >= reading.parts) return ahead > 0 ? { outcome: 'waits' } : complete(broadcast);
  if (ahead >= MOST_AHEAD) return { outcome: 'waits' };
  const channel = await load(broadcast.channel);
  const account = await findAccount(organizationId, broadcast.channelAccountId);
  return account ? runOne(channel, account, broadcast) : noAccount(broadcast);
}

async function runOne(channel: Channel, account: ChannelAccount, broadcast: Broadcast): Promise<Advanced> {
  const runPart = await steps.run();
  return further(await runPart(channel, account, broadcast));
}

async function windUp(broadcast: Broadcast, { load }: Around): Promise<Advanced> {
  const { organizationId, channelAccountId, running } = broadcast;
  const account = running.begun === undefined ? undefined : await findAccount(organizationId, channelAccountId);
  if (account && running.begun !== undefined) {
    const { endPart } = await import('./run.ts');
    return further(await endPart(await load(broadcast.channel), account, broadcast, running.begun));
  }
  await release(broadcast);
  await stepBroadcast(broadcast, { due: undefined });
  return STOPPED;
}

async function complete(broadcast: Broadcast): Promise<Advanced> {
  await stepBroadcast(broadcast, { status: 'COMPLETED', finishedAt: Date.now(), due: undefined }, ['RUNNING']);
  return STOPPED;
}

async function noAccount(broadcast: Broadcast): Promise<Advanced> {
  const message = 'The channel account it was to leave from no longer exists.';
  const problem: BroadcastProblem = { code: 'no_channel_account', message };
  await stepBroadcast(broadcast, { status: 'FAILED', problem, finishedAt: Date.now(), due: undefined }, ['RUNNING']);
  return STOPPED;
}

/** The queue is the waiting place: 1 s, 2 s, 3 s …, at most five. */
async function wait(broadcast: Broadcast, { receives }: Around): Promise<Worked> {
  if (receives < RENEW_AFTER) return { outcome: 'later', afterMs: Math.min(1000 * receives, LONGEST_WAIT_MS) };
  await stepBroadcast(broadcast, {});
  return DONE;
}

/** What is asked for beside the run; `step` is when (ms). */
async function serve(broadcast: Broadcast, { due, step }: BroadcastTask, { keep }: Around): Promise<Worked> {
  const work = await (due === 'retry' ? steps.retry() : steps.export());
  await kept(keep, () => work(broadcast, step));
  return DONE;
}
