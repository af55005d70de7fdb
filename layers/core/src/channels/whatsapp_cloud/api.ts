import * as v from 'valibot';
import { number, object } from '../shared/read.ts';

/** Graph API version; an account's `baseUrl` that ends in a version has its own. */
const VERSION = 'v26.0';

export function graphUrl(baseUrl: string, path: string): string {
  const base = baseUrl.replace(/\/+$/, '');
  return /\/v\d+\.\d+$/.test(base) ? `${base}/${path}` : `${base}/${VERSION}/${path}`;
}

/** Answer to a send that was taken. */
export const sent = object({ messages: v.array(object({ id: v.string() })) });

/** Answer to anything refused. */
export const refused = object({ error: object({ code: number }) });

/** Answer to a look-up of a media id. */
export const mediaAnswer = object({ url: v.string() });
