import type { WebhookRequest } from '../contract.ts';
import { parseJson } from '../shared/read.ts';
import { claimedUnsubscriber } from './unsubscribe.ts';

/** A mail as its bytes, with its envelope in headers, or as JSON; or someone who wants no more of it. */
export function parse(request: WebhookRequest): unknown {
  const { method, headers, query, body } = request;
  if (query.has('u')) return { unsubscribe: claimedUnsubscriber(request), asked: method === 'POST' };
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'message/rfc822' && type !== 'application/octet-stream') return parseJson(body);
  const to = (headers['x-envelope-to'] ?? '').split(',').flatMap((each) => each.trim() || []);
  return { envelope: { from: headers['x-envelope-from'] ?? '', to }, raw: Buffer.from(body).toString('base64') };
}
