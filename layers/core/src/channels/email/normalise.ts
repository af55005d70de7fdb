import type { Element, WebhookRequest } from '../contract.ts';
import { elementOf, parseJson, readAs } from '../shared/read.ts';
import { addressOf } from './address.ts';
import { claimedUnsubscriber } from './unsubscribe.ts';
import { delivery, unsubscription } from './wire.ts';

/** A mail as its bytes, with its envelope in headers, or as JSON; or someone who wants no more of it. */
export function payloadOf(request: WebhookRequest): unknown {
  const { method, headers, query, body } = request;
  if (query.has('u')) return { unsubscribe: claimedUnsubscriber(request), asked: method === 'POST' };
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'message/rfc822' && type !== 'application/octet-stream') return parseJson(body);
  const to = (headers['x-envelope-to'] ?? '').split(',').flatMap((each) => each.trim() || []);
  return { envelope: { from: headers['x-envelope-from'] ?? '', to }, raw: Buffer.from(body).toString('base64') };
}

/** One element: the mail itself is read where there is room and time for it. */
export function normalise(payload: unknown): Element[] {
  return [elementOf(payload, undefined, () => eventOf(payload))];
}

const NO_MAIL = 'no mail: it is { envelope: { from, to }, raw }, raw in base64, or upload_id in its place';

function eventOf(payload: unknown): ReturnType<Parameters<typeof elementOf>[2]> {
  const asked = readAs(unsubscription, payload);
  if (asked) return leave(asked.unsubscribe, asked.asked);
  const mail = readAs(delivery, payload);
  const { raw, upload_id: uploadId } = mail ?? {};
  if (!mail || (raw === undefined && uploadId === undefined)) return NO_MAIL;
  const { from = '', to } = mail.envelope;
  return { kind: 'mail', envelope: { from, to }, ...(raw === undefined ? { uploadId: uploadId ?? '' } : { raw }) };
}

function leave(text: string, asked: boolean): ReturnType<typeof eventOf> {
  const value = addressOf(text);
  if (value === undefined) return 'the link names no address';
  if (!asked) return { kind: 'ignored', why: 'the unsubscribe page was looked at' };
  const counterparty = { identities: [{ kind: 'email', value }] as [{ kind: string; value: string }] };
  return { kind: 'reachability', counterparty, reachable: false, why: 'opted_out' };
}
