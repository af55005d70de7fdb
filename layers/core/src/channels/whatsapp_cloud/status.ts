import * as v from 'valibot';
import type { SendError, Status } from '../../domain/status.ts';
import { compact, readAs, reasonOf, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import * as wire from './wire.ts';

/** Our words for one of Meta's codes. */
export type Explain = (code: number | undefined) => SendError;

/** Who played a voice note has read it: `played` is the voice note's READ, and the detail tells them apart. */
const statuses: Record<string, Exclude<Status, 'PENDING'>> = {
  sent: 'SENT',
  delivered: 'DELIVERED',
  read: 'READ',
  played: 'READ',
  failed: 'FAILED',
};

/** How far a message of ours has got. */
export function readStatus(raw: unknown, explain?: Explain): Reading {
  const parsed = v.safeParse(wire.status, raw);
  if (!parsed.success) return reasonOf(parsed.issues, 'status');
  const { id, status: name, timestamp, biz_opaque_callback_data: reference, errors } = parsed.output;
  const status = Object.hasOwn(statuses, name) ? statuses[name] : undefined;
  if (!status) return `unknown status ${name.slice(0, 60)}`;
  const error = status === 'FAILED' ? explain?.(errors?.[0]?.code) : undefined;
  return {
    kind: 'status',
    providerMessageId: id,
    status,
    ...compact({ providerAt: momentOf(timestamp), reference, detail: detailOf(parsed.output), error }),
  };
}

/** What is worth keeping beside the status: Meta's own account of a failure, or what the message costs. */
function detailOf({ status, pricing, errors }: wire.Status): string | undefined {
  if (status === 'played') return 'played';
  if (status === 'failed') return errors?.map(wordsOf).filter(Boolean).join('; ').slice(0, MOST_WORDS) || undefined;
  return pricing && priceOf(pricing);
}

const MOST_WORDS = 500;

/** Meta's own account of a failure; empty where it gives none. */
export function wordsOf({ title, message, error_data }: wire.ApiError): string {
  return error_data?.details ?? message ?? title ?? '';
}

/** `billable` is going to be left out: then the type says whether it is free. */
function priceOf({ billable, type, category }: NonNullable<wire.Status['pricing']>): string | undefined {
  const isBilled = billable ?? (type && !type.startsWith('free_'));
  return isBilled === undefined ? category : [category, isBilled ? 'billable' : 'free'].filter(Boolean).join(', ');
}

/** A failure that stands beside messages is of those; alone it is the account's. */
export function readAccountError(raw: unknown, besideMessages: boolean, explain?: Explain): Reading {
  const code = readAs(wire.apiError, raw)?.code;
  const error = code === undefined || besideMessages ? undefined : explain?.(code);
  if (error?.class === 'auth')
    return { kind: 'account', news: { about: 'auth', ok: false, detail: error.message, code: error.code } };
  if (error?.class === 'account_restricted')
    return { kind: 'account', news: { about: 'quality', detail: error.message } };
  return { kind: 'ignored', why: `account error ${code ?? 'without a code'}` };
}
