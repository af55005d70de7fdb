import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { callProvider, encodeForm, urlAt, type ProviderAnswer, type Silence } from '../shared/http.ts';
import type { Credentials } from './credentials.ts';

type Answered = Promise<ProviderAnswer | Silence>;
type Account = Pick<ConnectedAccount<Credentials>, 'baseUrl' | 'credentials'>;

/** Where TikTok's API is. */
export type Server = Pick<ConnectedAccount, 'baseUrl'>;

const TIMEOUT_MS = 15_000;

/** One POST in the name of the account. `path` ends with a slash, as all of TikTok's do. */
export function callTiktok(account: Account, path: string, content: object | FormData): Answered {
  return post(account, path, content, tokenOf(account));
}

/** One GET in the name of the account. Signs of base64 are escaped, or TikTok finds the conversation's id invalid. */
export function readTiktok(
  account: Account,
  path: string,
  query: Record<string, string>,
  timeoutMs = TIMEOUT_MS,
): Answered {
  return callProvider({ method: 'GET', url: urlOf(account, path, query), headers: tokenOf(account), timeoutMs });
}

/** One call in the name of the application, which names itself and its secret in what it asks. */
export function callAsApp(server: Server, path: string, content: object): Answered {
  return post(server, path, content, {});
}

/** One GET in the name of the application. */
export function readAsApp(server: Server, path: string, query: Record<string, string>): Answered {
  return callProvider({ method: 'GET', url: urlOf(server, path, query), timeoutMs: TIMEOUT_MS });
}

async function post(
  server: Server,
  path: string,
  content: object | FormData,
  token: Record<string, string>,
): Promise<ProviderAnswer | Silence> {
  const { headers, body } =
    content instanceof FormData ? await encodeForm(content) : { headers: {}, body: JSON.stringify(content) };
  const url = urlOf(server, path);
  return callProvider({ method: 'POST', url, headers: { ...headers, ...token }, body, timeoutMs: TIMEOUT_MS });
}

function tokenOf({ credentials }: Account): Record<string, string> {
  return { 'access-token': credentials.access_token };
}

function urlOf({ baseUrl }: Server, path: string, query?: Record<string, string>): string {
  const search = query ? `?${new URLSearchParams(query).toString()}` : '';
  return urlAt(baseUrl, `${path}${search}`);
}
