/** What Lambda reports when an invocation fails. `trace` is the stack, one line each. */
export type FunctionError = { errorType: string; errorMessage: string; trace?: string[] };

export type InvocationResult = { ok: true; payload: unknown } | ({ ok: false } & FunctionError);

/** What a worker is started with. */
export type WorkerSettings = {
  functionName: string;
  logGroup: string;
  memoryMb: number;
  codeDir: string;
  layerDirs: readonly string[];
  handler: string;
};

/** To a worker: one event, as JSON, and the moment (epoch ms) at which its time is over. */
export type Invocation = { requestId: string; event: string; deadline: number };

/** From a worker. `ready` comes once, before it takes an event; `payload` is JSON. */
export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'notStarted'; error: FunctionError }
  | { kind: 'answer'; payload: string }
  | { kind: 'failure'; error: FunctionError };

export function functionError(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') ?? [] };
}
