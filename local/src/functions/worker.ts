import { parentPort, workerData } from 'node:worker_threads';
import { loadHandler, type LambdaHandler } from './handler.ts';
import { lambdaContext } from './lambda-context.ts';
import { useLambdaModules } from './module-hooks.ts';
import { functionError, type Invocation, type WorkerMessage, type WorkerSettings } from './protocol.ts';

// The inside of one execution environment: loads the handler, then takes one event at a time.
const settings = workerData as WorkerSettings;

class UnhandledPromiseRejection extends Error {
  override name = 'Runtime.UnhandledPromiseRejection';
}

process.on('unhandledRejection', (reason) => {
  throw new UnhandledPromiseRejection(String(reason), { cause: reason });
});

useLambdaModules(settings);
await start();

async function start(): Promise<void> {
  try {
    const handler = await loadHandler(settings);
    parentPort?.on('message', (invocation: Invocation) => void take(handler, invocation));
    post({ kind: 'ready' });
  } catch (error) {
    post({ kind: 'notStarted', error: functionError(error) });
  }
}

async function take(handler: LambdaHandler, invocation: Invocation): Promise<void> {
  try {
    const result = await handler(JSON.parse(invocation.event), lambdaContext(settings, invocation));
    post({ kind: 'answer', payload: toJson(result) });
  } catch (error) {
    post({ kind: 'failure', error: functionError(error) });
  }
}

// A result without a JSON form (undefined, a function) is null, as on Lambda.
function toJson(result: unknown): string {
  const json: string | undefined = JSON.stringify(result);
  return json ?? 'null';
}

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message, []);
}
