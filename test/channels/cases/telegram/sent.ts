import type { Body } from '@parley/core/domain/body.ts';
import type { SendCase } from '../cases.ts';

/** The reply to the message `12`. */
export const reply_parameters = { message_id: 12, allow_sending_without_reply: true };

/** A body, and the call of the Bot API that it goes as. */
export function sent(
  name: string,
  body: Body,
  method: string,
  parameters: object,
  more: Partial<SendCase> = {},
): SendCase {
  return {
    name,
    body,
    ...more,
    request: {
      method: 'POST',
      path: `/bot7001:AAE-x/${method}`,
      headers: { 'content-type': 'application/json' },
      body: { chat_id: 5000000001, ...parameters },
    },
  };
}
