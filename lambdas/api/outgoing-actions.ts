import { retry } from '@parley/core/flows/deliver/retry.ts';
import { cancel, reschedule } from '@parley/core/flows/schedule/scheduled.ts';
import { mapped } from './action.ts';
import type { Action } from './action.ts';
import { rowOf } from './message-rows.ts';

/** What becomes of a message that has not left, or came to nothing; each answers with the message's row. */
export const actions = {
  retry_message: async (principal, body) => mapped(await retry(principal, body), rowOf),
  cancel_message: async (principal, body) => mapped(await cancel(principal, body), rowOf),
  reschedule_message: async (principal, body) => mapped(await reschedule(principal, body), rowOf),
} satisfies Record<string, Action>;
