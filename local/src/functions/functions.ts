import { startPool, type Pool } from './pool.ts';
import type { InvocationResult } from './protocol.ts';

export type { InvocationResult } from './protocol.ts';

/** A Lambda function as the template declares it, with its code as folders on this machine. */
export type FunctionSettings = {
  name: string;
  codeDir: string;
  /** In the order of the template; a later layer wins. */
  layerDirs: readonly string[];
  /** `index.handler`: module, dot, export. */
  handler: string;
  environment: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  memoryMb: number;
  /** Default: `/aws/lambda/{name}`. */
  logGroup?: string;
  logLevel?: string;
};

export type FunctionsOptions = {
  /** Variables that every function gets: endpoints (AWS_ENDPOINT_URL_*), region, credentials. */
  environment: Readonly<Record<string, string>>;
  /** Takes each line a function writes, with its name in front. */
  log(line: string): void;
  /** Environments of one function at a time; further events wait. Default 2. */
  concurrency?: number;
};

export type Functions = {
  /** Never rejects for a failure of the function; throws when there is no function of that name. */
  invoke(name: string, event: unknown): Promise<InvocationResult>;
  /** Starts an environment of each, one after the other, so that the first event finds it ready. */
  warm(names: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

/** Runs Lambda functions in worker threads, each with its own environment. Nothing starts before it is asked for. */
export function startFunctions(settings: readonly FunctionSettings[], options: FunctionsOptions): Functions {
  const pools = new Map(settings.map((each) => [each.name, startPool(each, options)]));
  const poolOf = (name: string): Pool => {
    const pool = pools.get(name);
    if (!pool) throw new Error(`No function is named ${name}`);
    return pool;
  };
  return {
    invoke: async (name, event) => poolOf(name).invoke(event),
    async warm(names) {
      for (const name of names) await poolOf(name).warm();
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}
