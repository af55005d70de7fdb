import { credentialsOf, json, objectIn } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import type { Problem } from '@parley/core/domain/problem.ts';
import { currentUser, signIn } from '@parley/core/flows/access/sign-in.ts';

/** `/auth/v1/…`: as much of Supabase's auth as a client needs to sign in and stay so. */
export async function auth(request: HttpRequest, names: string[]): Promise<HttpResponse> {
  const what = `${request.method} ${names.join('/')}`;
  if (what === 'POST token') {
    const body = objectIn(request, 'bad_json');
    if (!body.ok) return refused(body.problem);
    const session = await signIn(request.query.get('grant_type'), body.value);
    return session.ok ? json(200, session.value) : refused(session.problem);
  }
  if (what === 'GET user') {
    const user = await currentUser(credentialsOf(request).bearer);
    return user.ok ? json(200, user.value) : refused(user.problem);
  }
  // Tokens are short-lived and held by the client alone, so signing out is the client forgetting them.
  if (what === 'POST logout') return { statusCode: 204 };
  return refused({
    status: 404,
    code: 'not_found',
    message: `There is no '${what}' here`,
    hint: 'Here are: POST token, GET user, POST logout.',
  });
}

/** supabase-js reads the code of an auth error as `error_code`. */
function refused({ status, code, message, details, hint }: Problem): HttpResponse {
  return json(status, { code, error_code: code, message, details: details ?? null, hint: hint ?? null });
}
