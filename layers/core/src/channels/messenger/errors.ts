import { commonFailures, type Failures } from '../shared/meta-errors.ts';
import { mend, never, restricted } from '../shared/receipt.ts';
import { manifest } from './manifest.ts';

const mediaTemplate = never('media_problem', 'media_template', 'Messenger can not use this file in a template.');

/** Meta's codes ("Messenger Platform error codes"). */
export const failures: Failures = {
  ...commonFailures(manifest.label),
  2022: mend('account_restricted', 'commerce_disabled', 'Commerce messages are switched off for the page.'),
  1893063: restricted('account_restricted', 'page_restricted', 'Messenger restricts the page for a while.'),
  2018336: never('invalid', 'thread_menu', 'The menu of this conversation does not allow this.'),
  2018338: mend('account_restricted', 'tag_abuse', 'Messenger warns the page for its use of message tags.'),
  2018352: mend('rate_limited', 'opt_in_requests', 'Too many requests to opt in were sent.'),
  ...Object.fromEntries(Array.from({ length: 16 }, (_, index) => [2018173 + index, mediaTemplate])),
};
