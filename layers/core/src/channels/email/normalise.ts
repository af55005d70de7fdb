import type { Identity } from '../../domain/contact.ts';
import type { Element } from '../contract.ts';
import { elementOf, readAs, type Reading } from '../shared/read.ts';
import { addressOf } from './address.ts';
import { delivery, unsubscription } from './wire.ts';

/** One element: the mail itself is read where there is room and time for it. */
export function normalise(payload: unknown): Element[] {
  return [elementOf(payload, undefined, () => eventOf(payload))];
}

const NO_MAIL = 'no mail: it is { envelope: { from, to }, raw }, raw in base64, or upload_id in its place';

function eventOf(payload: unknown): Reading {
  const asked = readAs(unsubscription, payload);
  if (asked) return leave(asked.unsubscribe, asked.asked);
  const mail = readAs(delivery, payload);
  const { raw, upload_id: uploadId } = mail ?? {};
  if (!mail || (raw === undefined && uploadId === undefined)) return NO_MAIL;
  const { from = '', to } = mail.envelope;
  return { kind: 'mail', envelope: { from, to }, ...(raw === undefined ? { uploadId: uploadId ?? '' } : { raw }) };
}

function leave(text: string, asked: boolean): Reading {
  const value = addressOf(text);
  if (value === undefined) return 'the link names no address';
  if (!asked) return { kind: 'ignored', why: 'the unsubscribe page was looked at' };
  const identity: Identity = { kind: 'email', value };
  return { kind: 'reachability', counterparty: { identities: [identity] }, reachable: false, why: 'opted_out' };
}
