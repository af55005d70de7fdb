import type { Json } from '../../json.ts';

/** The webhook field of each event of a page, by the member that holds the event. */
const byMember: Record<string, string> = {
  message_edit: 'message_edits',
  reaction: 'message_reactions',
  read: 'message_reads',
  delivery: 'message_deliveries',
  postback: 'messaging_postbacks',
  referral: 'messaging_referrals',
  optin: 'messaging_optins',
};

/** What an app can hear of a page. */
export const pageFields: readonly string[] = [
  'messages',
  'message_echoes',
  ...Object.values(byMember),
  'messaging_handovers',
  'messaging_policy_enforcement',
  'messaging_account_linking',
  'standby',
  'feed',
];

export function pageFieldOf(event: Json): string {
  const [member = 'message'] = Object.keys(event);
  const message = event['message'] as Json | undefined;
  return byMember[member] ?? (message?.['is_echo'] === true ? 'message_echoes' : 'messages');
}
