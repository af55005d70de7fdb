import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { callProvider, type ProviderAnswer, type Silence } from '../shared/http.ts';
import type { Credentials } from './credentials.ts';

const TIMEOUT_MS = 15_000;

/** One POST in the name of the account. `path` ends with a slash, as all of TikTok's do. */
export async function callTiktok(
  account: ConnectedAccount<Credentials>,
  path: string,
  content: object | FormData,
): Promise<ProviderAnswer | Silence> {
  const { body, type } = await encoded(content);
  return callProvider({
    method: 'POST',
    url: `${account.baseUrl.replace(/\/+$/, '')}/${path}`,
    headers: { 'content-type': type, 'access-token': account.credentials.access_token },
    body,
    timeoutMs: TIMEOUT_MS,
  });
}

async function encoded(content: object | FormData): Promise<{ body: string | Uint8Array<ArrayBuffer>; type: string }> {
  if (!(content instanceof FormData)) return { body: JSON.stringify(content), type: 'application/json' };
  const form = new Response(content);
  return { body: new Uint8Array(await form.arrayBuffer()), type: form.headers.get('content-type') ?? '' };
}
