import { randomBytes } from 'node:crypto';
import type { Fault } from '../faults.ts';
import { json, type Answer } from '../http.ts';
import { faultAnswer } from '../serve.ts';
import type { GraphProblem } from './check.ts';

interface Known {
  status: number;
  words: string;
}

/** HTTP status and words of the codes these providers answer (Meta: "Messenger Platform error codes"). */
const known: Record<number, Known> = {
  1: { status: 500, words: 'An unknown error occurred' },
  2: { status: 503, words: 'Service temporarily unavailable' },
  4: { status: 403, words: 'Application request limit reached' },
  10: { status: 403, words: 'Application does not have permission for this action' },
  17: { status: 400, words: 'User request limit reached' },
  32: { status: 400, words: 'Page request limit reached' },
  100: { status: 400, words: 'Invalid parameter' },
  104: { status: 401, words: 'An access token is required to request this resource.' },
  190: { status: 401, words: 'Invalid OAuth access token - Cannot parse access token' },
  200: { status: 403, words: 'Permissions error' },
  368: { status: 403, words: 'The action attempted has been deemed abusive or is otherwise disallowed' },
  551: { status: 400, words: "This person isn't available right now." },
  613: { status: 400, words: 'Calls to this api have exceeded the rate limit.' },
  2500: { status: 400, words: 'Unknown path components' },
};

/** Graph's error answer. `status` overrides the code's own HTTP status. */
export function graphError({ code, subcode, message }: GraphProblem, status = known[code]?.status ?? 400): Answer {
  const words = message ?? known[code]?.words ?? 'Unknown error';
  const isAuth = code === 190 || code === 104 || subcode === 33;
  return json(status, {
    error: {
      message: isAuth ? words : `(#${code}) ${words}`,
      type: subcode === 33 ? 'GraphMethodException' : 'OAuthException',
      code,
      ...(subcode !== undefined && { error_subcode: subcode }),
      fbtrace_id: `A${randomBytes(9).toString('base64url').slice(0, 11)}`,
    },
  });
}

/** The answer to a call that a fault refuses: by its code, else as an overloaded or broken Graph answers with that status. */
export function failed(fault: Fault): Answer {
  const { code, status } = fault;
  if (code !== undefined) return faultAnswer(fault, code, () => graphError({ code }, status));
  return faultAnswer(fault, status ?? 500, (given) => graphError({ code: codeOfStatus(given) }, given));
}

function codeOfStatus(status: number): number {
  if (status === 401) return 190;
  if (status === 403) return 10;
  if (status === 429) return 613;
  return status >= 500 ? 2 : 100;
}
