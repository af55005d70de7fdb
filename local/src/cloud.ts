import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessOf, providerAccount, realtimeUrl } from './demo/access.ts';
import type { Access } from './demo/access.ts';
import { createUsers } from './demo/users.ts';
import { demoOrganizations } from './demo/organizations.ts';
import type { DemoOrganization } from './demo/organizations.ts';
import { seed } from './demo/seeding.ts';
import type { DynamoDb } from './dynamodb/server.ts';
import { startFront } from './front.ts';
import type { Front } from './front.ts';
import type { Functions } from './functions/functions.ts';
import { pages, synthesized } from './product.ts';
import { createProviders } from './providers/providers.ts';
import { startServices } from './services.ts';
import { startStack } from './stack.ts';
import type { Stack } from './stack.ts';
import { readTemplate } from './template/read-template.ts';
import { resolve } from './template/resolve.ts';

export interface CloudOptions {
  /** folder that keeps everything */
  data: string;
  /** 0 takes a free one */
  port: number;
  /** begin with nothing */
  fresh: boolean;
  /** takes what functions write */
  log: (line: string) => void;
}

/** The running cloud. `dynamoDb` and `functions` are there for tests: what a call costs, and faults. */
export interface Cloud {
  access: Access;
  dynamoDb: DynamoDb;
  functions: Functions;
  /** Starts every function, so that the first event finds it ready. */
  warm(): Promise<void>;
  /** Resolves when streams and queues have been worked off. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Runs the synthesized stack on this machine. Everything is ready when it resolves. Throws when the port is taken. */
export async function startCloud({ data, port, fresh, log }: CloudOptions): Promise<Cloud> {
  const front = await startFront(port);
  if (fresh) rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const accessFile = join(data, 'access.json');
  rmSync(accessFile, { force: true });

  const template = readTemplate(synthesized);
  const services = await startServices(data, resolve(template, nowhere));
  const stack = await startStack({ template, services, url: front.url, data, log });
  const organizations = demoOrganizations(join(data, 'demo.json'));
  await seed({ organizations, providers: `${front.url}/providers` }, stack.environment);
  await createUsers(services.cognito.url, stack.userPoolId, organizations);
  const providers = openForBusiness(front, stack, data, organizations);

  const access = accessOf(front.url, organizations);
  writeFileSync(accessFile, JSON.stringify(access, null, 2), { mode: 0o600 });
  return {
    access,
    dynamoDb: services.dynamoDb,
    functions: stack.functions,
    warm: stack.warm,
    drain: stack.drain,
    async close() {
      await front.close();
      await providers.close();
      await stack.close();
      await services.close();
    },
  };
}

/** Names in a plan do not depend on where the services answer. */
const nowhere = { queues: '', httpApi: '', webSocketApi: '', webSocketManagement: '', userPools: '' };

/** The demo accounts are known to the pretend providers, and the public port leads to everything. */
function openForBusiness(front: Front, stack: Stack, data: string, organizations: DemoOrganization[]) {
  const providers = createProviders({
    dataFile: join(data, 'providers.json'),
    publicUrl: () => `${front.url}/providers`,
  });
  for (const organization of organizations) {
    for (const account of organization.channel_accounts)
      providers.register(providerAccount(front.url, organization, account));
  }
  const demo = organizations.flatMap(({ name, agents }) => agents.map((agent) => ({ organization: name, ...agent })));
  const config = { realtime_url: realtimeUrl(front.url), demo };
  front.serve({ api: stack.httpApi, upgrade: stack.upgrade, providers: providers.handle, pages, config });
  return providers;
}
