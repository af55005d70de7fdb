import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { callProvider, type ProviderAnswer, type Silence } from '../shared/http.ts';
import type { Call } from './call.ts';

/** A gateway fetches a file's link before it answers. */
const TIMEOUT_MS = 25_000;

/** Asks an account's provider once. */
export function ask({ baseUrl }: Pick<ConnectedAccount, 'baseUrl'>, call: Call): Promise<ProviderAnswer | Silence> {
  const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) };
  const url = `${baseUrl.replace(/\/+$/, '')}/${call.path}`;
  return callProvider({ method: call.method, url, headers: call.headers, timeoutMs: TIMEOUT_MS, ...body });
}

/** It took what it was asked. */
export function isOk(answer: ProviderAnswer | Silence): answer is ProviderAnswer {
  return answer.kind === 'answer' && answer.status >= 200 && answer.status <= 299;
}
