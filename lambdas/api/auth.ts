import { credentialsOf, json, jsonBody, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { currentUser, signIn } from '@parley/core/flows/sign-in.ts';

/** `/auth/v1/…`: as much of Supabase's auth as a client needs to sign in and stay so. */
export async function auth(request: HttpRequest, action: string): Promise<HttpResponse> {
  const what = `${request.method} ${action}`;
  if (what === 'POST token') {
    const session = await signIn(request.query.get('grant_type'), jsonBody(request));
    return session.ok ? json(200, session.value) : problemResponse(session.problem);
  }
  if (what === 'GET user') {
    const user = await currentUser(credentialsOf(request).bearer);
    return user.ok ? json(200, user.value) : problemResponse(user.problem);
  }
  // Tokens are short-lived and held by the client alone, so signing out is the client forgetting them.
  if (what === 'POST logout') return { statusCode: 204 };
  return problemResponse({ status: 404, code: 'not_found', message: `There is no '${action}' here` });
}
