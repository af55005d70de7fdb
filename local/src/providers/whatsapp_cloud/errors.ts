import { randomBytes } from 'node:crypto';
import { json, type Answer, type Call } from '../http.ts';
import type { GraphProblem } from '../meta/check.ts';

interface Known {
  status: number;
  title: string;
}

/** HTTP status and title of the codes this provider answers (Meta: support/error-codes). */
const known: Record<number, Known> = {
  1: { status: 400, title: 'An unknown error occurred' },
  2: { status: 503, title: 'Service temporarily unavailable' },
  4: { status: 400, title: 'Application request limit reached' },
  10: { status: 403, title: 'Application does not have permission for this action' },
  33: { status: 400, title: 'Unsupported request' },
  100: { status: 400, title: 'Invalid parameter' },
  104: { status: 401, title: 'An access token is required to request this resource.' },
  190: { status: 401, title: 'Invalid OAuth access token - Cannot parse access token' },
  368: { status: 403, title: 'Temporarily blocked for policies violations' },
  2200: { status: 400, title: 'Callback verification failed' },
  2500: { status: 400, title: 'Unknown path components' },
  80007: { status: 400, title: 'Rate limit issues' },
  130429: { status: 400, title: 'Rate limit hit' },
  130472: { status: 400, title: "User's number is part of an experiment" },
  131000: { status: 500, title: 'Something went wrong' },
  131005: { status: 403, title: 'Access denied' },
  131008: { status: 400, title: 'Required parameter is missing' },
  131009: { status: 400, title: 'Parameter value is not valid' },
  131016: { status: 500, title: 'Service unavailable' },
  131021: { status: 400, title: 'Recipient cannot be sender' },
  131026: { status: 400, title: 'Message undeliverable' },
  131031: { status: 403, title: 'Account has been locked' },
  131042: { status: 400, title: 'Business eligibility payment issue' },
  131047: { status: 400, title: 'Re-engagement message' },
  131048: { status: 400, title: 'Spam rate limit hit' },
  131049: { status: 400, title: 'This message was not delivered to maintain healthy ecosystem engagement.' },
  131050: { status: 400, title: 'User has stopped marketing messages from this business' },
  131051: { status: 400, title: 'Unsupported message type' },
  131053: { status: 400, title: 'Media upload error' },
  131056: { status: 400, title: '(Business Account, Consumer Account) pair rate limit hit' },
  131057: { status: 500, title: 'Account in maintenance mode' },
  131059: { status: 400, title: 'Invalid cursor' },
  131062: { status: 400, title: 'Business-scoped user ids are not supported for this message' },
  132000: { status: 400, title: 'Number of parameters does not match the expected number of params' },
  132001: { status: 404, title: 'Template name does not exist in the translation' },
  132005: { status: 400, title: 'Translated text too long' },
  132012: { status: 400, title: 'Parameter format does not match format in the created template' },
  132015: { status: 400, title: 'Template is paused' },
  132016: { status: 400, title: 'Template is disabled' },
  133005: { status: 400, title: 'Two step verification PIN mismatch' },
  133010: { status: 400, title: 'Account not registered' },
  2388023: { status: 400, title: 'Message template language is being deleted or exists already' },
  2388040: { status: 400, title: 'Character limit exceeded' },
  2388299: { status: 400, title: 'Leading or trailing variables are not allowed' },
};

export function titleOf(code: number): string {
  return known[code]?.title ?? 'Unknown error';
}

/** Graph's error answer. `status` overrides the code's own HTTP status. */
export function graphError(problem: GraphProblem, status = known[problem.code]?.status ?? 400): Answer {
  const { code, details, subcode } = problem;
  const isAuth = code === 190 || code === 104;
  const title = problem.message ?? titleOf(code);
  return json(status, {
    error: {
      message: isAuth || subcode !== undefined ? title : `(#${code}) ${title}`,
      type: subcode === 33 ? 'GraphMethodException' : 'OAuthException',
      code,
      ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
      ...(subcode !== undefined && { error_subcode: subcode }),
      fbtrace_id: randomBytes(9).toString('base64url').slice(0, 11).padStart(12, 'A'),
    },
  });
}

/** For a path below an object that has no such edge. */
export function unknownPath(call: Call): Answer {
  return graphError({ code: 2500, message: `Unknown path components: ${call.path}` });
}

/** The code an overloaded or broken Graph answers with, by HTTP status. */
export function codeOfStatus(status: number): number {
  if (status === 401) return 190;
  if (status === 403) return 10;
  if (status === 429) return 130429;
  if (status === 404) return 100;
  if (status === 503) return 2;
  return status >= 500 ? 131000 : 100;
}
