import { messageRow } from '@parley/core/domain/message-row.ts';
import { retry } from '@parley/core/flows/deliver/retry.ts';
import { cancel, reschedule } from '@parley/core/flows/schedule/scheduled.ts';
import { signMedia } from '@parley/core/store/media-bucket.ts';
import { mapped } from './action.ts';
import type { Action } from './action.ts';

/** What becomes of a message that has not left, or came to nothing; each answers with the message's row. */
export const actions = {
  retry_message: async (principal, body) =>
    mapped(await retry(principal, body), (message) => messageRow(message, signMedia)),
  cancel_message: async (principal, body) =>
    mapped(await cancel(principal, body), (message) => messageRow(message, signMedia)),
  reschedule_message: async (principal, body) =>
    mapped(await reschedule(principal, body), (message) => messageRow(message, signMedia)),
} satisfies Record<string, Action>;
