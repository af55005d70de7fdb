import type { Result } from '@parley/core/domain/problem.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';

/** What is done by `POST /rest/v1/rpc/{name}`. It answers a JSON value, or nothing. */
export type Action = (principal: Principal, body: Record<string, unknown>) => Promise<Result<unknown>>;

/** What an action did, as clients are told of it. */
export function mapped<T>(result: Result<T>, row: (value: T) => unknown): Result<unknown> {
  return result.ok ? { ok: true, value: row(result.value) } : result;
}
