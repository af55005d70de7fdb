import * as v from 'valibot';
import { fieldsOf, filledText, object } from '../shared/read.ts';

/** What `parse` makes of a delivery report: the fields as they were found in query, form or JSON. */
export const report = object({
  reference: filledText,
  fields: v.custom<Record<string, string>>(
    (fields) =>
      fieldsOf(fields) === fields && Object.values(fieldsOf(fields)).every((value) => typeof value === 'string'),
  ),
});

/** Under which names, in lower case, the parts of a report may stand. The format is not published, so these are the names that SMS services use. */
export const names = {
  status: ['status', 'dlrstatus', 'dlr_status', 'dlr', 'deliverystatus', 'messagestatus', 'state', 'stat', 'text'],
  error: ['err', 'error', 'errorcode', 'error_code'],
} as const;
