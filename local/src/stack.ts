import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { realtimeUrl } from './demo/access.ts';
import { startEventSources } from './event-sources/event-sources.ts';
import type { EventSources } from './event-sources/event-sources.ts';
import { startFunctions } from './functions/functions.ts';
import type { Functions } from './functions/functions.ts';
import { createHttpApi } from './http-api/server.ts';
import type { HttpApi } from './http-api/server.ts';
import { createQueueSender } from './queue-sender.ts';
import type { AsyncInvocation } from './scheduler/async-invocation.ts';
import { startScheduler } from './scheduler/server.ts';
import type { Services } from './services.ts';
import type { Template } from './template/read-template.ts';
import { resolve } from './template/resolve.ts';
import type { Plan } from './template/resolve.ts';
import { createWebSocketApi } from './websocket-api/server.ts';
import type { WebSocketApi } from './websocket-api/server.ts';

export interface StackOptions {
  template: Template;
  services: Services;
  /** where the world reaches us */
  url: string;
  /** where the pretend providers are: `http://…/providers` */
  providersUrl: string;
  data: string;
  log: (line: string) => void;
}

/** The stack's functions, wired to their events. */
export interface Stack {
  httpApi: HttpApi;
  upgrade: WebSocketApi['handleUpgrade'];
  functions: Functions;
  /** what every function is given: endpoints, region, credentials, and the names of things */
  environment: Record<string, string>;
  /** From now on streams and queues are worked off. What an earlier process left in them needs the accounts to be there. */
  work(): void;
  /** From now on the schedules that the template declares run; a rate runs at once, as on AWS. */
  startSchedules(): Promise<void>;
  /** starts every function, so that the first event finds it ready */
  warm(): Promise<void>;
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Runs what the template declares over services that are running already. */
export async function startStack({ template, services, url, providersUrl, data, log }: StackOptions): Promise<Stack> {
  // Functions need the endpoints of what invokes them, so what invokes them looks them up when there is an event.
  const late: { functions?: Functions } = {};
  const invoke = async (name: string, event: unknown) => required(late.functions, 'functions').invoke(name, event);
  const resolved = (webSocketManagement: string) =>
    resolve(template, {
      queues: services.queues.url,
      httpApi: url,
      webSocketApi: realtimeUrl(url),
      webSocketManagement,
      userPools: services.cognito.url,
    });
  const socketPlan = required(resolved('').webSocketApi, 'a WebSocket API');
  const sockets = createWebSocketApi({ ...socketPlan, apiId: socketPlan.id, invoke });
  const management = await sockets.startManagementApi();
  const queueSender = createQueueSender(services.queues.url);
  const scheduler = await startScheduler({
    file: join(data, 'scheduler.sqlite'),
    invoke,
    sendToQueue: queueSender.send,
    asyncInvocationOf: asyncInvocationsOf(resolved('')),
  });
  const plan = resolved(management.url);
  const endpoints = { ...endpointsOf(services, scheduler.url), PROVIDERS_URL: providersUrl };
  const functions = startFunctions(plan.functions, { environment: endpoints, log });
  late.functions = functions;
  await createScheduleGroups(scheduler.url, plan);
  const { streams, checkpoints } = services.dynamoDb;
  const { url: queuesUrl, hasVisible } = services.queues;
  const deps = { invoke, streams, checkpoints, queuesUrl, hasVisible, log };
  let eventSources: EventSources | undefined;
  const httpPlan = required(plan.httpApi, 'an HTTP API');
  return {
    httpApi: createHttpApi({ ...httpPlan, apiId: httpPlan.id, invoke }),
    upgrade: sockets.handleUpgrade,
    functions,
    environment: { ...endpoints, ...environmentOf(plan) },
    startSchedules: () => createSchedules(scheduler.url, plan),
    warm: () => functions.warm(plan.functions.map(({ name }) => name)),
    work: () => void (eventSources = startEventSources(plan.eventSources, deps)),
    drain: async () => eventSources?.drain(),
    async close() {
      // Work under way may end, within reason; what is cut off is done again by the next start.
      const settled = eventSources?.close();
      await Promise.race([settled, delay(LONGEST_SETTLING_MS, undefined, { ref: false })]);
      await sockets.close();
      await scheduler.close();
      await functions.close();
      await settled;
      queueSender.close();
    },
  };
}

const LONGEST_SETTLING_MS = 5000;

/** What Lambda does with events that nobody waits for, by the name of the function. */
function asyncInvocationsOf({ asyncInvocations }: Plan): (functionName: string) => AsyncInvocation | undefined {
  const all = asyncInvocations.map(({ functionName, onFailureQueue, ...limits }) => {
    const arn = `arn:aws:sqs:us-east-1:000000000000:${onFailureQueue}`;
    return [functionName, { ...limits, ...(onFailureQueue !== undefined && { onFailureArn: arn }) }] as const;
  });
  return (functionName) => new Map(all).get(functionName);
}

/** As on AWS, credentials and region come from the environment; endpoints are what makes it this machine. */
function endpointsOf(services: Services, scheduler: string): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: services.dynamoDb.url,
    AWS_ENDPOINT_URL_SQS: services.queues.url,
    AWS_ENDPOINT_URL_S3: services.queues.url,
    AWS_ENDPOINT_URL_KMS: services.kms.url,
    AWS_ENDPOINT_URL_SCHEDULER: scheduler,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: services.cognito.url,
  };
}

function environmentOf(plan: Plan): Record<string, string> {
  return Object.fromEntries(plan.functions.flatMap(({ environment }) => Object.entries(environment)));
}

async function createScheduleGroups(scheduler: string, plan: Plan): Promise<void> {
  for (const { name } of plan.scheduleGroups) await ask(`${scheduler}/schedule-groups/${name}`, 'POST', {});
}

/** One that is there from an earlier start is brought up to what the template says now. */
async function createSchedules(scheduler: string, plan: Plan): Promise<void> {
  for (const { name, document } of plan.schedules) {
    const made = await ask(`${scheduler}/schedules/${name}`, 'POST', document);
    if (made === 'there already') await ask(`${scheduler}/schedules/${name}`, 'PUT', document);
  }
}

async function ask(url: string, method: 'POST' | 'PUT', body: object): Promise<'done' | 'there already'> {
  const headers = { 'Content-Type': 'application/json', Authorization: 'local' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (response.status === 409) return 'there already';
  if (!response.ok) throw new Error(`${method} ${url}: ${await response.text()}`);
  return 'done';
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The template has no ${what}`);
  return value;
}
