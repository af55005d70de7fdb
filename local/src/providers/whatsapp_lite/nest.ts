import { json, type Answer } from '../http.ts';

const names: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** An error in the shape NestJS gives it. */
export function nestError(status: number, message: string | string[]): Answer {
  const error = names[status] ?? 'Error';
  return json(
    status,
    status === 401 ? { message: 'Unauthorized', statusCode: 401 } : { statusCode: status, message, error },
  );
}

/** What the gateway answers when the session is not in the state a call needs. */
export function wrongStatus(session: string, status: string, expected: string): Answer {
  const error = 'Session status is not as expected. Try again later or restart the session';
  return json(422, { statusCode: 422, error, session, status, expected: [expected] });
}

/** Anything that went wrong inside the gateway. */
export function nestFailure(at: number, message: string): Answer {
  return json(500, { statusCode: 500, timestamp: new Date(at).toISOString(), exception: { message, name: 'Error' } });
}
