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
import { accountOf } from '../test/support/cloud.ts';
import { deployedFunctions, NOWHERE, stackPlan } from './functions.ts';
import type { DeployedFunction } from './functions.ts';
import type { HandlerTask, Spent } from './handler-process.ts';
import { peerName } from './peer.ts';
import type { Peer } from './peer.ts';
import { startQuickTable } from './quick-table.ts';
import { startRedis } from './redis.ts';
import type { Redis } from './redis.ts';

/** What handled the webhooks, and what each of its rounds took. */
export interface CpuMeasurement {
  handler: string;
  whose: HandlerTask['whose'];
  spent: Spent[];
}

interface Options {
  rounds: number;
  /** webhooks of each handler in a round */
  perRound: number;
}

/**
 * The processor time that a WhatsApp text costs the process that handles it. What stores it runs in other processes, so that is not in the figure. The
 * handlers take turns, so that a slow moment of the machine is everybody's.
 */
export async function measureCpu(peer: Peer | undefined, { rounds, perRound }: Options): Promise<CpuMeasurement[]> {
  const store = await startStore();
  const quickTable = await startQuickTable(store.dynamoDb);
  const redis = await startRedis();
  const handlers: Handler[] = [
    { handler: 'Parley, table that answers at once', whose: 'parley', ...store.webhook(quickTable.url) },
    { handler: "Parley, DynamoDB's local engine", whose: 'parley', ...store.webhook(store.dynamoDb) },
  ];
  if (peer)
    handlers.push({
      handler: `${peerName}: ${redis.kind}`,
      whose: 'peer',
      ...peerFunction(peer, redis, store.account),
    });
  const processes = handlers.map((each) => startHandler(each, store.account));
  try {
    const spent = await takeTurns(processes, rounds, perRound);
    return handlers.map(({ handler, whose }, index) => ({ handler, whose, spent: spent[index] ?? [] }));
  } finally {
    for (const handler of processes) handler.kill();
    redis.close();
    quickTable.close();
    await store.close();
  }
}

type Handler = Pick<CpuMeasurement, 'handler' | 'whose'> & Pick<DeployedFunction, 'settings' | 'environment'>;
type Account = HandlerTask['account'];

/** The services that the webhook function calls, with the demo organizations in them. */
async function startStore() {
  const data = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const plan = stackPlan();
  const services = await startServices(data, plan);
  const functionsWith = (dynamoDb: string) =>
    deployedFunctions(plan, { AWS_ENDPOINT_URL_DYNAMODB: dynamoDb, AWS_ENDPOINT_URL_KMS: services.kms.url });
  const withoutUsers = demoOrganizations(join(data, 'demo.json')).map((each) => ({ ...each, agents: [] }));
  const variables = functionsWith(services.dynamoDb.url).map(({ environment }) => environment);
  const mail = { url: NOWHERE, ca: '' };
  const organizations = await seed(
    { organizations: withoutUsers, providers: `${NOWHERE}/providers`, mail },
    Object.assign({}, ...variables) as Variables,
  );
  return {
    dynamoDb: services.dynamoDb.url,
    webhook: (dynamoDb: string) => webhookOf(functionsWith(dynamoDb)),
    account: accountOf(
      accessOf(NOWHERE, organizations, { inboundUrl: NOWHERE, submissionUrl: NOWHERE }).organizations[0],
      'whatsapp_cloud',
    ),
    async close() {
      await services.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

type Variables = Record<string, string>;

function webhookOf(functions: DeployedFunction[]): HandlerFunction {
  const webhook = functions.find(({ name }) => name === 'webhook-whatsapp_cloud');
  if (!webhook) throw new Error('the stack has no webhook function for WhatsApp');
  return { settings: webhook.settings, environment: webhook.environment };
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
function startHandler({ whose, settings, environment }: Handler, account: Account): ChildProcess {
  const program = new URL('./handler-process.ts', import.meta.url);
  return fork(program, [JSON.stringify({ whose, settings, account } satisfies HandlerTask)], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
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
