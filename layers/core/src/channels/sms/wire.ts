import * as v from 'valibot';
import { filledText, maybe, object } from '../shared/read.ts';

const text = maybe(v.string());

/** Notify's answer: nothing is published but `status` and `message`, and only a failure's. */
export const notifyAnswer = object({ status: text, messageId: text, id: text });

/** VictoryLink's answer is a number, bare or quoted. */
export const victoryLinkAnswer = v.pipe(
  v.custom<string | number>((value) => /^\s*-?\d{1,9}\s*$/.test(String(value))),
  v.transform(Number),
);

/** What `parse` makes of a delivery report: names in lower case, as they were found in query, form or JSON. */
export const report = object({
  reference: filledText,
  fields: v.custom<Record<string, string>>((value) => typeof value === 'object'),
});

/** Under which names the parts of a report may stand. The format is not published, so these are the names that SMS services use. */
export const names = {
  status: ['status', 'dlrstatus', 'dlr_status', 'dlr', 'deliverystatus', 'messagestatus', 'state', 'stat', 'text'],
  error: ['err', 'error', 'errorcode', 'error_code'],
} as const;
