import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { SchedulerClient, type CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import type { Invoke } from '@parley/local/http-api/invoke.ts';
import type { AsyncInvocation } from '@parley/local/scheduler/async-invocation.ts';
import type { QueueMessage } from '@parley/local/scheduler/delivery.ts';
import { startScheduler } from '@parley/local/scheduler/server.ts';

export const START = Date.parse('2026-06-01T00:00:00Z');
export const MINUTE = 60_000;
export const RoleArn = 'arn:aws:iam::000000000000:role/scheduler';
export const queueArn = 'arn:aws:sqs:us-east-1:000000000000:late.fifo';

/** A clock that only moves when told to. */
function manualClock() {
  let now = START;
  let timer: (() => void) | undefined;
  return {
    now: () => now,
    setTimer(callback: () => void) {
      timer = callback;
      return () => (timer = undefined);
    },
    async advance(ms: number) {
      now += ms;
      timer?.();
      await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}

type World = ReturnType<typeof createWorld>;

/** A data file, a clock, and what the targets saw. It outlives restarts of the service. */
function createWorld(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'scheduler-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const answer: { invoke: Invoke } = { invoke: async () => ({ ok: true, payload: null }) };
  return {
    file: join(dir, 'scheduler.sqlite'),
    clock: manualClock(),
    calls: [] as { functionName: string; event: unknown }[],
    sent: [] as ({ queueArn: string } & QueueMessage)[],
    limits: undefined as AsyncInvocation | undefined,
    answer,
  };
}

export async function start(t: TestContext, world: World) {
  const server = await startScheduler({
    file: world.file,
    now: () => world.clock.now(),
    setTimer: (callback) => world.clock.setTimer(callback),
    invoke(functionName, event) {
      world.calls.push({ functionName, event });
      return world.answer.invoke(functionName, event);
    },
    asyncInvocationOf: () => world.limits,
    async sendToQueue(arn, message) {
      world.sent.push({ queueArn: arn, ...message });
    },
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SchedulerClient({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  let closing: Promise<void> | undefined;
  const stop = () => (closing ??= server.close());
  t.after(async () => {
    client.destroy();
    await stop();
  });
  return { client, stop };
}

export async function begin(t: TestContext) {
  const world = createWorld(t);
  return { world, ...(await start(t, world)) };
}

export function schedule(
  ScheduleExpression: string,
  more: Partial<CreateScheduleCommandInput> = {},
): CreateScheduleCommandInput {
  return {
    Name: 'one',
    ScheduleExpression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: 'arn:aws:lambda:us-east-1:000000000000:function:send', RoleArn, Input: '{"id":1}' },
    ...more,
  };
}
