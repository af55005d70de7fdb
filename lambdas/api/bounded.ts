import { MOST_ANSWERED, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpResponse } from '@parley/core/edge/http.ts';

/** The rows that were read, or, where they are more than an answer may have, what to ask for instead. */
export function bounded(answer: HttpResponse): HttpResponse {
  if (Buffer.byteLength(answer.body ?? '') <= MOST_ANSWERED) return answer;
  return problemResponse({
    status: 400,
    code: 'answer_too_large',
    message: 'These rows are more than the 5 MB that an answer may have',
    hint: `Ask for fewer with 'limit', or for fewer columns with 'select'.`,
  });
}
