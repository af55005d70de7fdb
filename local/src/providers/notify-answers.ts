import { json, type Answer } from './http.ts';

/** What Appgain Notify answers for a wrong key, and a wrong project. */
export function badKey(): Answer {
  return json(500, {
    exception: "'NoneType' object has no attribute 'api_key'",
    message: 'something went wrong',
    status: 'Failed',
  });
}

/** How Appgain Notify refuses. */
export function failed(status: number, message: string): Answer {
  return json(status, { status: 'Failed', message });
}
