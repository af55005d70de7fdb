import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessOf } from '@parley/local/demo/access.ts';
import { demoOrganizations } from '@parley/local/demo/organizations.ts';
import { seed } from '@parley/local/demo/seeding.ts';
import { startServices } from '@parley/local/services.ts';
import { accountOf } from '/work/main/test/support/cloud.ts';
import { deployedFunctions, stackPlan } from '/work/main/bench/functions.ts';
import type { DeployedFunction } from '/work/main/bench/functions.ts';
import type { HandlerTask, Spent } from '/work/main/bench/handler-process.ts';
import type { Peer } from '/work/main/bench/peer.ts';
import { startRedis } from '/work/main/bench/redis.ts';
import type { Redis } from '/work/main/bench/redis.ts';

/** Microseconds per webhook, a figure per round. */
export interface CpuMeasurement {
  parley: Spent[];
  peer: Spent[] | undefined;
  redis: Redis['kind'];
}

interface Options {
  rounds: number;
  /** webhooks of each handler in a round */
  perRound: number;
}

/**
 * The processor time that a WhatsApp text costs the process that handles it. DynamoDB's stand-in and Redis run in other processes, so they are not in
 * the figure. The handlers take turns, so that a slow moment of the machine is everybody's.
 */
export async function measureCpu(peer: Peer | undefined, { rounds, perRound }: Options): Promise<CpuMeasurement> {
  const store = await startStore();
  const redis = await startRedis();
  const handlers = [startHandler(store.webhook, { whose: 'parley', account: store.account })];
  if (peer) handlers.push(startHandler(peerFunction(peer, redis, store.account), { whose: 'peer', account: store.account }));
  try {
    const [parley = [], other] = await takeTurns(handlers, rounds, perRound);
    return { parley, peer: other, redis: redis.kind };
  } finally {
    for (const handler of handlers) handler.disconnect();
    redis.close();
    await store.close();
  }
}

type Account = HandlerTask['account'];

/** The services that the webhook function calls, with the demo organizations in them. */
async function startStore() {
  const data = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const plan = stackPlan();
  const services = await startServices(data, plan);
  const endpoints = {
    AWS_ENDPOINT_URL_DYNAMODB: services.dynamoDb.url,
    AWS_ENDPOINT_URL_KMS: services.kms.url,
  };
  const functions = deployedFunctions(plan, endpoints);
  const organizations = demoOrganizations(join(data, 'demo.json'));
  const url = 'http://127.0.0.1:9';
  const environment = Object.assign({}, ...functions.map((each) => each.environment)) as Record<string, string>;
  await seed({ organizations, providers: `${url}/providers` }, environment);
  const webhook = functions.find(({ name }) => name === 'webhook-whatsapp_cloud');
  if (!webhook) throw new Error('the stack has no webhook function for WhatsApp');
  return {
    webhook,
    account: accountOf(accessOf(url, organizations).organizations[0], 'whatsapp_cloud'),
    async close() {
      await services.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

type HandlerFunction = Pick<DeployedFunction, 'settings' | 'environment'>;

function peerFunction(peer: Peer, redis: Redis, account: Account): HandlerFunction {
  return {
    settings: { codeDir: peer.folder, layerDirs: [] },
    environment: {
      REDIS_URL: redis.url,
      WHATSAPP_APP_SECRET: account.app_secret,
      WHATSAPP_PHONE_NUMBER_ID: account.external_id,
    },
  };
}

/** What a handler logs goes nowhere, as fast as a file takes it. */
function startHandler({ settings, environment }: HandlerFunction, task: Omit<HandlerTask, 'settings'>): ChildProcess {
  const program = new URL("file:///work/main/bench/handler-process.ts");
  return fork(program, [JSON.stringify({ ...task, settings } satisfies HandlerTask)], {
    env: environment,
    execArgv: ["--cpu-prof","--cpu-prof-dir=/tmp/prof","--cpu-prof-interval=200"], stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** The first two rounds are for the compiler, and not counted. */
async function takeTurns(handlers: ChildProcess[], rounds: number, perRound: number): Promise<Spent[][]> {
  await Promise.all(handlers.map(answerOf));
  const spent = handlers.map((): Spent[] => []);
  for (let round = -2; round < rounds; round++) {
    for (const [index, handler] of handlers.entries()) {
      handler.send(perRound);
      const figure = (await answerOf(handler)) as Spent;
      if (round >= 0) spent[index]?.push(figure);
    }
  }
  return spent;
}

async function answerOf(handler: ChildProcess): Promise<unknown> {
  const gone = new AbortController();
  const exit = once(handler, 'exit', { signal: gone.signal }).then(([code]) => {
    throw new Error(`a handler's process ended with ${String(code)}`);
  });
  try {
    const [answer] = (await Promise.race([once(handler, 'message'), exit])) as [unknown];
    return answer;
  } finally {
    gone.abort();
    exit.catch(() => {});
  }
}
