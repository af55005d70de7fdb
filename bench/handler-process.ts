import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { useLambdaModules } from '@parley/local/functions/module-hooks.ts';
import type { WorkerSettings } from '@parley/local/functions/protocol.ts';
import { cloudInbound } from '../test/support/webhooks.ts';
import type { SignedWebhook } from '../test/support/webhooks.ts';
import { TEXT } from './text.ts';

/** Which webhook handler this process runs, and the account its webhooks are for. */
export interface HandlerTask {
  whose: 'parley' | 'peer';
  settings: Pick<WorkerSettings, 'codeDir' | 'layerDirs'>;
  account: Parameters<typeof cloudInbound>[0];
}

/** What so many webhooks took, in microseconds each. */
export interface Spent {
  cpu: number;
  wall: number;
}

// A process of one webhook handler. For each number it is told it handles so many webhooks, one after the other, and says what they took.
const task = JSON.parse(process.argv[2] ?? '') as HandlerTask;
const calls = await (task.whose === 'parley' ? parley(task) : peer(task));
process.on('message', (count: number) => void handle(count).then((spent) => process.send?.(spent)));
process.send?.('ready');

type Call = () => Promise<void>;

async function handle(count: number): Promise<Spent> {
  const block = Array.from({ length: count }, () => calls(webhook()));
  const began = performance.now();
  const before = process.cpuUsage();
  for (const call of block) await call();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / count, wall: ((performance.now() - began) * 1000) / count };
}

let turn = 0;

/** Fifty customers take turns; each webhook is one text. */
function webhook(): SignedWebhook {
  turn += 1;
  return cloudInbound(task.account, `2010000${1000 + (turn % 50)}`, TEXT);
}

/** An event goes in as API Gateway makes it; the signature is checked and the message stored before the answer. */
async function parley({ settings }: HandlerTask): Promise<(webhook: SignedWebhook) => Call> {
  useLambdaModules(settings as WorkerSettings);
  const { handler } = await load<{
    handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  }>(settings);
  return (webhook) => {
    const event = toEvent(webhook);
    return async () => {
      const { statusCode, body } = await handler(event);
      if (statusCode !== 200 || !body?.includes('"applied":1')) throw new Error(`answered ${statusCode}: ${body}`);
    };
  };
}

/** A Request goes in; the signature is checked and the message kept in the thread's history before the answer. */
async function peer({ settings }: HandlerTask): Promise<(webhook: SignedWebhook) => Call> {
  const { handle, count } = await load<{ handle(request: Request): Promise<Response>; count(): number }>(settings);
  return ({ url, headers, body }) => {
    const request = new Request(url, { method: 'POST', headers, body });
    return async () => {
      const before = count();
      const { status } = await handle(request);
      if (status !== 200 || count() !== before + 1) throw new Error(`the peer answered ${status}`);
    };
  };
}

async function load<Module>({ codeDir }: HandlerTask['settings']): Promise<Module> {
  return (await import(pathToFileURL(join(codeDir, 'index.mjs')).href)) as Module;
}

function toEvent({ url, headers, body }: SignedWebhook): APIGatewayProxyEventV2 {
  const path = new URL(url).pathname;
  return {
    version: '2.0',
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    },
    requestContext: {
      accountId: '000000000000',
      apiId: 'bench',
      domainName: 'bench',
      domainPrefix: 'bench',
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' },
      requestId: 'bench',
      routeKey: `POST ${path}`,
      stage: '$default',
      time: '',
      timeEpoch: Date.now(),
    },
    body,
    isBase64Encoded: false,
  };
}
