import * as v from 'valibot';
import { idText, maybe, number, object } from './read.ts';

/** Answer to a send that was taken; an action has no message. */
export const sent = object({ message_id: maybe(idText), recipient_id: maybe(idText) });

/** Answer to anything refused. */
export const refused = object({
  error: object({ code: number, error_subcode: maybe(number), is_transient: maybe(v.boolean()) }),
});

/** Graph API version; an account's `baseUrl` that ends in a version has its own. */
const VERSION = 'v26.0';

export function graphUrl(baseUrl: string, path: string): string {
  const base = baseUrl.replace(/\/+$/, '');
  return /\/v\d+\.\d+$/.test(base) ? `${base}/${path}` : `${base}/${VERSION}/${path}`;
}
