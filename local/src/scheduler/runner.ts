import { nextStep, sendTo, tryDelivery, type QueueMessage, type Reach } from './delivery.ts';
import { nextRun } from './expressions.ts';
import { timingOf, type ScheduleDocument } from './inputs.ts';
import type { DeliveryRow, ScheduleRow, SchedulerStore } from './store.ts';

/** Calls back once after a delay in milliseconds; the function it gives cancels that. */
export type SetTimer = (callback: () => void, delayMs: number) => () => void;

/** What the runner works with. `now` is in epoch milliseconds. */
type RunnerOptions = { store: SchedulerStore; reach: Reach; now: () => number; setTimer: SetTimer };

/** `wake` looks for due work at once. `close` stops, and waits up to five seconds for deliveries under way. */
type Runner = { wake(): void; close(): Promise<void> };

// A clock that jumps, or a machine that slept, is noticed this soon.
const LONGEST_SLEEP_MS = 30_000;

/** Runs due schedules and owed deliveries, from now until closed. */
export function startRunner(options: RunnerOptions): Runner {
  const state: State = { ...options, underWay: new Set(), cancelTimer: () => undefined, phase: 'running' };
  wake(state);
  return {
    wake: () => wake(state),
    async close() {
      state.phase = 'closing';
      state.cancelTimer();
      await Promise.race([Promise.all(state.underWay), sleepUnref(5000)]);
      state.phase = 'closed';
    },
  };
}

/** When a schedule runs after `after`, by its document; never when it is disabled. */
export function nextRunOf(document: ScheduleDocument, anchor: number, after: number): number | undefined {
  const timing = document.State === 'ENABLED' ? timingOf(document, anchor) : undefined;
  return timing && nextRun(timing, after);
}

type State = RunnerOptions & {
  underWay: Set<Promise<void>>;
  cancelTimer: () => void;
  phase: 'running' | 'closing' | 'closed';
};

function wake(state: State): void {
  if (state.phase !== 'running') return;
  const now = state.now();
  state.store.takeDue(now, (row) => following(row, now));
  for (const row of state.store.startDeliveries(now)) {
    const work = deliver(state, row).finally(() => state.underWay.delete(work));
    state.underWay.add(work);
  }
  sleep(state);
}

function sleep(state: State): void {
  state.cancelTimer();
  const next = state.store.nextWake() ?? Number.POSITIVE_INFINITY;
  const delay = Math.min(Math.max(next - state.now(), 0), LONGEST_SLEEP_MS);
  state.cancelTimer = state.setTimer(() => wake(state), delay);
}

// Runs missed while the machine was off are made up for once, not one by one.
function following(row: ScheduleRow, now: number): number | undefined {
  return nextRunOf(JSON.parse(row.document) as ScheduleDocument, row.anchor, now);
}

async function deliver(state: State, row: DeliveryRow): Promise<void> {
  const outcome = await tryDelivery(state.reach, row);
  // What is not settled here is owed again when the file is opened next.
  if (state.phase === 'closed' || (state.phase === 'closing' && outcome.kind !== 'delivered')) return;
  const next = nextStep(row, outcome, state.reach, state.now());
  const faults = outcome.kind === 'function-error' ? 1 : 0;
  if (next.step === 'retry') state.store.postponeDelivery(row.id, next.at, faults);
  else if (next.step === 'finish') state.store.finishDelivery(row.id);
  else await handOver(state, row, next.queueArn, next.message);
  if (state.phase === 'running') sleep(state);
}

async function handOver(state: State, row: DeliveryRow, queueArn: string, message: QueueMessage): Promise<void> {
  try {
    await sendTo(state.reach, queueArn, message);
    if (state.phase !== 'closed') state.store.finishDelivery(row.id);
  } catch {
    if (state.phase !== 'closed') state.store.postponeDelivery(row.id, state.now() + 60_000, 0);
  }
}

function sleepUnref(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
