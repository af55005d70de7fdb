import { join } from 'node:path';
import { startCognito } from './cognito/server.ts';
import { startDynamoDb } from './dynamodb/server.ts';
import type { DynamoDb } from './dynamodb/server.ts';
import { startKms } from './kms/server.ts';
import { startQueuesAndBuckets } from './queues-and-buckets/server.ts';
import type { QueuesAndBuckets } from './queues-and-buckets/server.ts';
import type { Plan } from './template/resolve.ts';
import { steadyPorts } from './steady-ports.ts';
import { userPoolsOf } from './user-pools.ts';

/** AWS's services that keep data, each on a loopback port of its own. */
export interface Services {
  dynamoDb: DynamoDb;
  queues: QueuesAndBuckets;
  kms: { url: string };
  cognito: { url: string };
  close(): Promise<void>;
}

/**
 * Starts them with their data in a folder, and makes there what the plan names. What clients hold for longer keeps its
 * address from start to start: the issuer in their tokens, and the links to files.
 */
export async function startServices(data: string, plan: Plan): Promise<Services> {
  const ports = steadyPorts(join(data, 'ports.json'));
  const [dynamoDb, queues, kms, cognito] = await Promise.all([
    startDynamoDb({ file: join(data, 'dynamodb.sqlite') }),
    startQueuesAndBuckets({ folder: join(data, 'queues-and-buckets'), port: await ports.of('buckets') }),
    startKms({ file: join(data, 'kms.json'), keys: plan.keys }),
    startCognito({ dir: join(data, 'cognito'), ...userPoolsOf(plan), port: await ports.of('issuer') }),
  ]);
  ports.keep({ buckets: queues.url, issuer: cognito.url });
  queues.ensure(plan);
  for (const table of plan.tables) await ensureTable(dynamoDb.url, table);
  const services = [dynamoDb, queues, kms, cognito];
  return {
    dynamoDb,
    queues,
    kms,
    cognito,
    close: async () => void (await Promise.all(services.map((service) => service.close()))),
  };
}

async function ensureTable(url: string, table: Plan['tables'][number]): Promise<void> {
  const made = await ask(url, 'CreateTable', {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributes,
    ...(table.globalIndexes.length > 0 && { GlobalSecondaryIndexes: table.globalIndexes }),
    ...(table.localIndexes.length > 0 && { LocalSecondaryIndexes: table.localIndexes }),
    ...(table.streamView && { StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamView } }),
  });
  if (made === 'there already') return;
  if (table.ttlAttribute === undefined) return;
  const ttl = { AttributeName: table.ttlAttribute, Enabled: true };
  await ask(url, 'UpdateTimeToLive', { TableName: table.name, TimeToLiveSpecification: ttl });
}

async function ask(url: string, operation: string, input: object): Promise<'done' | 'there already'> {
  const headers = {
    'X-Amz-Target': `DynamoDB_20120810.${operation}`,
    'Content-Type': 'application/x-amz-json-1.0',
    Authorization: 'local',
  };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
  if (response.ok) return 'done';
  const problem = (await response.json()) as { __type?: string; message?: string };
  if (problem.__type?.endsWith('#ResourceInUseException')) return 'there already';
  throw new Error(`${operation}: ${problem.message ?? response.status}`);
}
