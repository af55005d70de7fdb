import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { compileCacheVariables } from '../compile-cache.ts';
import { crashError, exitError, shutDown, startTimeout, timeout, tooLarge } from './failures.ts';
import type { FunctionSettings, FunctionsOptions } from './functions.ts';
import type { FunctionError, Invocation, InvocationResult, WorkerMessage } from './protocol.ts';
import { environmentVariables, logGroupOf } from './variables.ts';

/** One execution environment of a function: a worker thread that takes one event at a time until it dies. */
export type Environment = {
  isAlive(): boolean;
  /** The reason the function did not start; undefined when it did. */
  started: Promise<FunctionError | undefined>;
  invoke(event: unknown): Promise<InvocationResult>;
  close(): Promise<void>;
};

/** Lambda gives 10 s to import a function; a machine that starts twenty at once gets more. */
const START_LIMIT_MS = 60_000;
/** Request and response, in bytes of JSON (Lambda quotas: invocation payload, synchronous). */
const MAX_PAYLOAD = 6 * 1024 * 1024;

export function startEnvironment(settings: FunctionSettings, options: FunctionsOptions): Environment {
  const worker = newWorker(settings, options);
  const started = Promise.withResolvers<FunctionError | undefined>();
  let answer = Promise.withResolvers<InvocationResult>();
  let death: FunctionError | undefined;
  let requestId = '';
  const startTimer = setTimeout(() => die(startTimeout(START_LIMIT_MS / 1000)), START_LIMIT_MS);
  void started.promise.then(() => clearTimeout(startTimer));
  function die(error: FunctionError): void {
    death ??= error;
    started.resolve(death);
    answer.resolve({ ok: false, ...death });
    void worker.terminate();
  }

  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'ready') started.resolve(undefined);
    else if (message.kind === 'notStarted') die(message.error);
    else answer.resolve(resultOf(message));
  });
  worker.on('error', (error) => die(crashError(error)));
  worker.on('exit', (code) => die(exitError(code, requestId)));

  return {
    isAlive: () => death === undefined,
    started: started.promise,
    async invoke(event) {
      await started.promise;
      if (death) return { ok: false, ...death };
      const json = JSON.stringify(event);
      if (Buffer.byteLength(json) > MAX_PAYLOAD) return { ok: false, ...tooLarge('request') };
      requestId = randomUUID();
      answer = Promise.withResolvers();
      const timeoutMs = settings.timeoutSeconds * 1000;
      const timer = setTimeout(() => die(timeout(requestId, settings.timeoutSeconds)), timeoutMs);
      worker.postMessage({ requestId, event: json, deadline: Date.now() + timeoutMs } satisfies Invocation, []);
      const result = await answer.promise;
      clearTimeout(timer);
      return result;
    },
    async close() {
      die(shutDown());
      await worker.terminate();
    },
  };
}

function newWorker(settings: FunctionSettings, options: FunctionsOptions): Worker {
  const { name, memoryMb, codeDir, layerDirs, handler } = settings;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name,
    env: { ...environmentVariables(settings, options.environment), ...compileCacheVariables() },
    execArgv: [],
    workerData: { functionName: name, logGroup: logGroupOf(settings), memoryMb, codeDir, layerDirs, handler },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    stdout: true,
    stderr: true,
  });
  for (const output of [worker.stdout, worker.stderr]) {
    createInterface({ input: output }).on('line', (line) => options.log(`[${name}] ${line}`));
  }
  return worker;
}

function resultOf(message: Extract<WorkerMessage, { kind: 'answer' | 'failure' }>): InvocationResult {
  if (message.kind === 'failure') return { ok: false, ...message.error };
  if (Buffer.byteLength(message.payload) > MAX_PAYLOAD) return { ok: false, ...tooLarge('response') };
  return { ok: true, payload: JSON.parse(message.payload) };
}
