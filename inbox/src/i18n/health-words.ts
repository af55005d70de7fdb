/** Why an account does as it does, by code. What providers say when they are asked has words among the failures. */
export type HealthWords = Readonly<Record<string, string>>;

export const englishHealth: HealthWords = {
  account_banned: 'The provider has banned the account.',
  account_deleted: 'The account was deleted at the provider.',
  account_offboarded: 'The account has left the provider.',
  account_review: 'The provider’s review of the account went against it.',
  partner_app_uninstalled: 'The owner has taken away the application’s access. Connect the account again.',
  partner_removed: 'The owner has taken away the application’s access. Connect the account again.',
  code_not_scanned: 'Nobody scanned the code in time. Ask for a new one.',
  consent_ended: 'The owner’s consent has ended. Connect the account again.',
  credentials_coming: 'New credentials are on their way.',
  many_failed: 'Many of the recent messages failed.',
  no_codes_left: 'Too many codes were shown and none was scanned. Ask for a new one.',
  no_receipts: 'The provider takes messages and has not said of any that it arrived.',
  not_linked: 'The phone is not linked. Scan the code.',
  not_subscribed: 'The provider does not tell us what customers write. Connect the account again.',
  number_banned: 'WhatsApp has banned this number.',
  number_refused: 'WhatsApp refuses this number.',
  session_broken: 'The session is broken. Unlink the phone, then scan a new code.',
  session_failed: 'The session failed. Start it again.',
  session_replaced: 'Another session has taken the place of this one.',
  session_stopped: 'The session is stopped. Start it.',
  unlinked: 'The phone has unlinked this session. Scan a new code.',
};
