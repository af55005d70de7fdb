import { httpHandler, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { rest } from './rest.ts';

type Answer = (request: HttpRequest, names: string[]) => Promise<HttpResponse>;

/** What clients ask: sends, reads and sessions. The gateway has matched the route; the path says which of them. */
export const handler = httpHandler(route);

/** By the path's first part. What most requests ask for loads at the start, and the rest when it is first asked for: so do `rest.ts` and `rpc.ts`. */
const areas: Record<string, () => Promise<Answer>> = {
  rest: async () => rest,
  functions: async () => (await import('./send.ts')).sendMessage,
  auth: async () => (await import('./auth.ts')).auth,
};

async function route(request: HttpRequest): Promise<HttpResponse> {
  const [, area = '', version, ...names] = request.path.split('/');
  const load = version === 'v1' && Object.hasOwn(areas, area) ? areas[area] : undefined;
  if (!load) return problemResponse({ status: 404, code: 'not_found', message: 'There is nothing at this path' });
  return (await load())(request, names);
}
