import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeDataFolder } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { accessOf, providerAccount, realtimeUrl } from './demo/access.ts';
import type { Access } from './demo/access.ts';
import { demoOrganizations, keepOrganizations } from './demo/organizations.ts';
import type { DemoOrganization } from './demo/organizations.ts';
import { seed } from './demo/seeding.ts';
import type { DynamoDb } from './dynamodb/server.ts';
import { startFront } from './front.ts';
import type { Front } from './front.ts';
import { startMail } from './mail/servers.ts';
import type { Mail } from './mail/servers.ts';
import type { Functions } from './functions/functions.ts';
import { pages, synthesized } from './product.ts';
import { createProviders } from './providers/providers.ts';
import { providersAt } from './providers/elsewhere.ts';
import type { ProvidersInUse } from './providers/elsewhere.ts';
import { startServices } from './services.ts';
import type { Services } from './services.ts';
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
  /** what the template does by the clock is done: not where a test wants to see what it causes itself */
  schedules?: boolean;
  /** where pretend providers run in a process of their own: `http://…/providers`; else they run here */
  providers?: string;
  /** makes what is to run; called once port and folder are ours */
  make?: () => Promise<void>;
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

/**
 * Runs the synthesized stack on this machine. Everything is ready when it resolves; requests that come before wait.
 * Throws when the port is taken, when another process works in the folder, and when the template asks for what does not
 * run on one machine.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const parts: Parts = {};
  try {
    return await start(options, parts);
  } catch (error) {
    await closeAll(parts);
    throw error;
  }
}

/** What runs so far. */
interface Parts {
  folder?: DataFolder;
  front?: Front;
  services?: Services;
  stack?: Stack;
  mail?: Mail;
  providers?: ProvidersInUse;
}

async function start(options: CloudOptions, parts: Parts): Promise<Cloud> {
  const { data, port, fresh, log, make, schedules = false } = options;
  const front = (parts.front = await startFront(port));
  const folder = (parts.folder = takeDataFolder(data, fresh));
  await make?.();
  const template = readTemplate(synthesized);
  const plan = resolve(template, nowhere);
  const services = (parts.services = await startServices(data, plan));
  const providersUrl = options.providers ?? `${front.url}/providers`;
  const stack = (parts.stack = await startStack({ template, services, url: front.url, providersUrl, data, log }));
  const base = `${front.url}/providers/email`;
  const mail = (parts.mail = await startMail({ data, plan, servicesUrl: services.queues.url, base }));
  const demoFile = join(data, 'demo.json');
  const demo = {
    organizations: demoOrganizations(demoFile),
    providers: providersUrl,
    mail: { url: mail.submissionUrl, ca: mail.servers.submission.ca },
  };
  const organizations = await seed(demo, stack.environment);
  keepOrganizations(demoFile, organizations);
  const own = { dataFile: join(data, 'providers.sqlite'), publicUrl: () => providersUrl, mail: mail.servers };
  const providers = (parts.providers = options.providers ? providersAt(options.providers) : createProviders(own));
  await openForBusiness(front, stack, providers, organizations);
  const access = accessOf(front.url, organizations, mail);
  writeWhole(folder.accessFile, JSON.stringify(access, null, 2));
  if (schedules) await stack.startSchedules();
  return {
    access,
    dynamoDb: services.dynamoDb,
    functions: stack.functions,
    warm: stack.warm,
    drain: stack.drain,
    close: () => closeAll(parts),
  };
}

/** Names in a plan do not depend on where the services answer. */
const nowhere = { queues: '', httpApi: '', webSocketApi: '', webSocketManagement: '', userPools: '' };

/** The demo accounts are known to the pretend providers, and the public port leads to everything. */
async function openForBusiness(
  front: Front,
  stack: Stack,
  providers: ProvidersInUse,
  organizations: DemoOrganization[],
): Promise<void> {
  for (const organization of organizations) {
    for (const account of organization.channel_accounts)
      await providers.register(providerAccount(front.url, organization, account));
  }
  const demo = organizations.flatMap(({ name, agents }) => agents.map((agent) => ({ organization: name, ...agent })));
  const config = { realtime_url: realtimeUrl(front.url), demo };
  front.serve({ api: stack.httpApi, upgrade: stack.upgrade, providers: providers.handle, pages, config });
  stack.work();
  providers.resume();
}

/** A reader finds the whole file or none. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The stack first: what it is sending ends with an answer while the pretend providers still give one. */
async function closeAll({ stack, front, mail, providers, services, folder }: Parts): Promise<void> {
  await stack?.close();
  await front?.close();
  await mail?.close();
  await providers?.close();
  await services?.close();
  folder?.release();
}
