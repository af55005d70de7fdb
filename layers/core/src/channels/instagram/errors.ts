import { commonFailures, type Failures } from '../shared/meta-errors.ts';
import { again, mend, never } from '../shared/receipt.ts';
import { manifest } from './manifest.ts';

const MINUTE = 60_000;

/** Meta's codes ("Messenger Platform error codes", the rows of Instagram). */
export const failures: Failures = {
  ...commonFailures(manifest.label),
  36103: mend('account_restricted', 'not_eligible', 'The Instagram account may not use messaging.'),
  2534013: mend('auth', 'page_not_linked', 'The Facebook page is not linked to the Instagram account.'),
  2534014: never('recipient_unavailable', 'no_such_user', 'Instagram knows no such customer of this account.'),
  2534015: never('invalid', 'message_data', 'Instagram found a part of the message invalid.'),
  2534022: never('window_closed', 'window_closed', 'The customer last wrote over 24 hours ago.'),
  2534025: never('invalid', 'comment', 'The comment can not be answered in private.'),
  2534029: mend('account_restricted', 'messaging_blocked', 'Instagram keeps the account from sending messages.'),
  2534037: mend('account_restricted', 'not_owner', 'Another app leads this conversation now.'),
  2534040: again('rate_limited', 'call_limit', 'Instagram takes fewer calls than are made.', MINUTE),
  2534041: mend('auth', 'messages_off', "The owner switched off 'Allow access to messages' in the Instagram app."),
  2534077: mend('auth', 'link_problem', 'The link of page and account, or its two-factor login, needs attention.'),
};
