import { own } from '../text/own.ts';
import { isolate } from './plural.ts';

/** What notices in a conversation say, by event. */
export type NoticeWords = Readonly<Record<string, string>>;

/** Where in the server's words of a notice stands what somebody chose: a name, a link, the customer's own words. */
const givenIn: Readonly<Record<string, RegExp>> = {
  referral: /^(?:Came through|Asks about the product) (.*)$/su,
  story_reply: /: (.*)$/su,
  story_mention: /: (.*)$/su,
  optin: /: (.*)$/su,
  notifications_stopped: /: (.*)$/su,
  notifications_resumed: /: (.*)$/su,
  new_chat_members: /: (.*)$/su,
  left_chat_member: /: (.*)$/su,
  users_shared: /: (.*)$/su,
  new_chat_title: / called (.*)$/su,
  forum_topic_created: /^The topic (.*) was created$/su,
  web_app_data: /^(.*)$/su,
};

/** A notice in the reader's language, with what somebody chose; as the server says it where the event is not known. */
export function noticeOf(words: NoticeWords, event: string | null | undefined, said: string): string {
  const known = own(words, event ?? '');
  if (known === undefined) return said;
  const given = own(givenIn, event ?? '')?.exec(said)?.[1];
  return given ? `${known}: ${isolate(given)}` : known;
}
