import * as v from 'valibot';
import { maybe, object } from '../shared/read.ts';
import { id } from './wire.ts';

const text = maybe(v.string());

/** Answer to a send, of either provider: the id stands under one of these names. */
export const sent = object({
  messageId: id,
  id,
  key: maybe(object({ id })),
  status: text,
});

/** A gateway's answer when its session is not connected. */
export const sessionProblem = object({ status: v.picklist(['STOPPED', 'STARTING', 'SCAN_QR_CODE', 'FAILED']) });
