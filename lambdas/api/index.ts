import { httpHandler, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { auth } from './auth.ts';
import { rest } from './rest.ts';
import { sendMessage } from './send.ts';

/** What clients ask: sends, reads and sessions. The gateway has matched the route; the path says which of them. */
export const handler = httpHandler(route);

async function route(request: HttpRequest): Promise<HttpResponse> {
  const [, area, version, ...names] = request.path.split('/');
  if (version === 'v1' && area === 'functions') return sendMessage(request, names[0] ?? '');
  if (version === 'v1' && area === 'rest') return rest(request, names);
  if (version === 'v1' && area === 'auth') return auth(request, names[0] ?? '');
  return problemResponse({ status: 404, code: 'not_found', message: 'There is nothing at this path' });
}
