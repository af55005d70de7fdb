import { isPerson } from '@parley/core/domain/link-visitor.ts';
import { html, httpHandler } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { followLink } from '@parley/core/flows/links/follow.ts';

/** `GET /l/{code}`: leads on to what the short link stands for. */
export const handler = httpHandler(redirect);

async function redirect({ method, headers, pathParameters }: HttpRequest): Promise<HttpResponse> {
  const url = await followLink(pathParameters['code'] ?? '', { isPerson: isPerson(method, headers) });
  if (url === undefined) return withHeaders(html(404, NOT_FOUND), {});
  return withHeaders({ statusCode: 302, body: '' }, { Location: url });
}

/** Every visit comes to us, and the page it leads to is not told which link it came from. */
function withHeaders(response: HttpResponse, more: Record<string, string>): HttpResponse {
  const own = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' };
  return { ...response, headers: { ...response.headers, ...own, ...more } };
}

const NOT_FOUND = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Link not found · الرابط غير موجود</title><body style="font:1.1rem sans-serif;max-width:30rem;margin:15vh auto;padding:0 1rem"><p>This link does not exist, or it has expired.</p><p lang="ar" dir="rtl">هذا الرابط غير موجود أو انتهت صلاحيته.</p></body></html>`;
