import { startEnvironment, type Environment } from './environment.ts';
import { shutDown } from './failures.ts';
import type { FunctionSettings, FunctionsOptions } from './functions.ts';
import type { InvocationResult } from './protocol.ts';

/** The execution environments of one function. */
export type Pool = {
  invoke(event: unknown): Promise<InvocationResult>;
  warm(): Promise<void>;
  close(): Promise<void>;
};

const DEFAULT_CONCURRENCY = 2;

export function startPool(settings: FunctionSettings, options: FunctionsOptions): Pool {
  const environments = new Set<Environment>();
  const free: Environment[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;
  let closed = false;

  async function invoke(event: unknown): Promise<InvocationResult> {
    if (running >= (options.concurrency ?? DEFAULT_CONCURRENCY)) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    if (closed) return { ok: false, ...shutDown() };
    const environment = takeFree() ?? start();
    const result = await environment.invoke(event);
    if (!result.ok) options.log(`[${settings.name}] ${result.errorType}: ${result.errorMessage}`);
    giveBack(environment);
    return result;
  }

  function takeFree(): Environment | undefined {
    for (let environment = free.pop(); environment; environment = free.pop()) {
      if (environment.isAlive()) return environment;
      environments.delete(environment);
    }
    return undefined;
  }

  function start(): Environment {
    const environment = startEnvironment(settings, options);
    environments.add(environment);
    return environment;
  }

  function giveBack(environment: Environment): void {
    if (environment.isAlive()) free.push(environment);
    else environments.delete(environment);
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    invoke,
    async warm() {
      if (environments.size > 0) return;
      const environment = start();
      free.push(environment);
      const error = await environment.started;
      if (error) options.log(`[${settings.name}] ${error.errorType}: ${error.errorMessage}`);
    },
    async close() {
      closed = true;
      for (const go of waiting.splice(0)) go();
      await Promise.all([...environments].map((environment) => environment.close()));
    },
  };
}
