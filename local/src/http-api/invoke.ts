import { setTimeout } from 'node:timers/promises';

/** What one function invocation came to: its payload, or the error the function threw or died of. */
export type Invocation = { ok: true; payload: unknown } | { ok: false; errorType: string; errorMessage: string };

/** Runs a function once with one event. Rejects only when the function could not be run at all. */
export type Invoke = (functionName: string, event: unknown) => Promise<Invocation>;

/** Invokes with a deadline. A function that couldn't be run at all counts as failed; one past the deadline runs on unheard. */
export async function invokeWithin(
  invoke: Invoke,
  functionName: string,
  event: unknown,
  timeoutMs: number,
): Promise<Invocation | 'timed-out'> {
  const deadline = new AbortController();
  const timeout = setTimeout(timeoutMs, 'timed-out' as const, { signal: deadline.signal }).catch(
    () => 'timed-out' as const,
  );
  const outcome = await Promise.race([run(invoke, functionName, event), timeout]);
  deadline.abort();
  return outcome;
}

async function run(invoke: Invoke, functionName: string, event: unknown): Promise<Invocation> {
  try {
    return await invoke(functionName, event);
  } catch (error) {
    return unreachable(error);
  }
}

function unreachable(error: unknown): Invocation {
  return { ok: false, errorType: 'Unreachable', errorMessage: String(error) };
}
