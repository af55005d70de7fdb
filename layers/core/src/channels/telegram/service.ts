import type { Body } from '../../domain/body.ts';
import { fieldsOf, textIn } from '../shared/read.ts';

/** Service messages an inbox shows, in words; those without words of their own are named by their member. */
const words: Record<string, string | ((value: unknown) => string)> = {
  new_chat_members: (value) => `Joined: ${peopleOf(value)}`,
  left_chat_member: (value) => `Left: ${peopleOf([value])}`,
  new_chat_title: (value) => `The group is now called ${textIn(value) ?? '?'}`,
  new_chat_photo: 'The group has a new photo',
  delete_chat_photo: 'The group photo was removed',
  group_chat_created: 'The group was created',
  supergroup_chat_created: 'The group was created',
  channel_chat_created: 'The channel was created',
  message_auto_delete_timer_changed: 'Messages now delete themselves after another time',
  pinned_message: 'A message was pinned',
  users_shared: (value) => `Shared: ${peopleOf(fieldsOf(value)['users'])}`,
  forum_topic_created: (value) => `The topic ${textIn(fieldsOf(value)['name']) ?? '?'} was created`,
  write_access_allowed: 'The customer allowed the bot to write',
  web_app_data: (value) => textIn(fieldsOf(value)['data']) ?? 'Data came from a web app',
};

const quiet = [
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'chat_shared',
  'connected_website',
  'successful_payment',
  'refunded_payment',
  'passport_data',
  'proximity_alert_triggered',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'boost_added',
  'chat_background_set',
  'checklist_tasks_done',
  'checklist_tasks_added',
  'poll_option_added',
  'poll_option_deleted',
  'gift',
  'unique_gift',
  'giveaway_created',
  'giveaway_completed',
  'chat_owner_left',
  'chat_owner_changed',
  'gift_upgrade_sent',
  'direct_message_price_changed',
  'paid_message_price_changed',
  'managed_bot_created',
  'suggested_post_approved',
  'suggested_post_approval_failed',
  'suggested_post_declined',
  'suggested_post_paid',
  'suggested_post_refunded',
  'community_chat_added',
  'community_chat_removed',
];

/** The event a service message tells of, or undefined when it is none we know. */
export function serviceOf(content: Record<string, unknown>): Body | undefined {
  const event = [...Object.keys(words), ...quiet].find((member) => content[member] !== undefined);
  if (event === undefined) return undefined;
  const word = Object.hasOwn(words, event) ? words[event] : event.replaceAll('_', ' ');
  return { type: 'system', event, text: typeof word === 'function' ? word(content[event]) : (word ?? event) };
}

function peopleOf(value: unknown): string {
  const people = (Array.isArray(value) ? value : []).map((person) => {
    const { first_name, last_name, username } = fieldsOf(person);
    return [textIn(first_name), textIn(last_name)].filter(Boolean).join(' ') || (textIn(username) ?? '?');
  });
  return people.join(', ');
}
