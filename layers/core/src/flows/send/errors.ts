import type { SendError } from '../../domain/status.ts';

/** Why messages are not sent, or not known to be, for reasons that no provider gave. */

export const unanswered: SendError = {
  code: 'unknown_outcome',
  class: 'unknown_outcome',
  message:
    'The provider did not say whether it took the message. It is not sent again; a receipt from the provider will settle it.',
  permanent: false,
};

export const notPrepared: SendError = {
  code: 'media_not_ready',
  class: 'media_problem',
  message: 'The file could not be made ready in half an hour. Send it again.',
  permanent: true,
};

/** The account sends so few a day that this one's turn would come in more than twelve days. */
export const backlog: SendError = {
  code: 'backlog',
  class: 'rate_limited',
  message:
    'More messages wait to leave than the channel account may send in twelve days. Raise its limit, or send it later.',
  permanent: false,
};

export const noAccount: SendError = {
  code: 'no_account',
  class: 'auth',
  message: 'The channel account this message was to leave from no longer exists.',
  permanent: true,
};
