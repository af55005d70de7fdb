import { isolate, plural } from './plural.ts';

/** What the interface says of messages for later, of what is done with a message, and of who wants none. */
export interface SendingWords {
  later: string;
  when: string;
  inAnHour: string;
  tomorrowAt: (time: string) => string;
  sundayAt: (time: string) => string;
  timesIn: (zone: string) => string;
  timeGoneBy: string;
  schedule: string;
  changeTime: string;
  scheduled: string;
  scheduledLead: string;
  nothingScheduled: string;
  nothingScheduledLead: string;
  repeat: string;
  repeats: Record<'no' | 'day' | 'week' | 'month', string>;
  ends: string;
  endsNever: string;
  endsOn: string;
  endsAfter: string;
  lastDay: string;
  times: string;
  recurring: string;
  recursNow: string;
  everyOther: string;
  nextComes: (when: string) => string;
  cameTimes: (count: number, shown: string) => string;
  lastDayIs: (day: string) => string;
  ofTimes: (count: number, shown: string) => string;
  paused: string;
  pause: string;
  resume: string;
  skipNext: string;
  endSeries: string;
  endSeriesLead: string;
  lastRefused: (why: string) => string;
  openConversation: string;

  messageActions: string;
  nothingToDo: string;
  reactWith: (emoji: string) => string;
  takeReactionBack: (emoji: string) => string;
  reply: string;
  replyingTo: string;
  noReply: string;
  copy: string;
  copied: string;
  notCopied: string;
  forward: string;
  forwardTo: string;
  edit: string;
  editMessage: string;
  remove: string;
  removeQuestion: string;
  removeLead: string;
  removeNow: string;

  unwilling: Record<string, string>;
  otherwiseUnwilling: string;
  closedBecause: Record<string, string>;
  saidBy: Record<string, string>;
  allowAgain: string;
  allowQuestion: string;
  allowLead: string;
  allowReason: string;
}

export const englishSending: SendingWords = {
  later: 'Send later',
  when: 'When',
  inAnHour: 'In an hour',
  tomorrowAt: (time) => `Tomorrow, ${isolate(time)}`,
  sundayAt: (time) => `Sunday, ${isolate(time)}`,
  timesIn: (zone) => `Time zone: ${isolate(zone)}`,
  timeGoneBy: 'This time has gone by.',
  schedule: 'Schedule',
  changeTime: 'Change time',
  scheduled: 'Scheduled',
  scheduledLead: 'Messages that leave by themselves when their time comes.',
  nothingScheduled: 'Nothing is scheduled',
  nothingScheduledLead: 'Write a message and choose the clock beside the send button.',
  repeat: 'Repeat',
  repeats: { no: 'Does not repeat', day: 'Every day', week: 'Every week', month: 'Every month' },
  ends: 'Ends',
  endsNever: 'Never',
  endsOn: 'On a day',
  endsAfter: 'After a number of times',
  lastDay: 'Last day',
  times: 'Number of times',
  recurring: 'Recurring',
  recursNow: 'Scheduled. You find it on the page “Scheduled”.',
  everyOther: 'By a rule of its own',
  nextComes: (when) => `Next ${isolate(when)}`,
  cameTimes: (count, shown) => plural('en', count, shown, { one: 'Came once', other: 'Came {n} times' }),
  lastDayIs: (day) => `until ${isolate(day)}`,
  ofTimes: (count, shown) => plural('en', count, shown, { one: 'once in all', other: '{n} times in all' }),
  paused: 'Paused',
  pause: 'Pause',
  resume: 'Resume',
  skipNext: 'Skip the next',
  endSeries: 'End',
  endSeriesLead: 'End this recurring message? What was sent stays.',
  lastRefused: (why) => `The last one was not sent: ${isolate(why)}`,
  openConversation: 'Open the conversation',

  messageActions: 'Message actions',
  nothingToDo: 'Nothing can be done with this message.',
  reactWith: (emoji) => `React with ${emoji}`,
  takeReactionBack: (emoji) => `Take ${emoji} back`,
  reply: 'Reply',
  replyingTo: 'Replying to',
  noReply: 'Don’t reply to this message',
  copy: 'Copy text',
  copied: 'Copied',
  notCopied: 'The browser did not allow copying.',
  forward: 'Forward…',
  forwardTo: 'Forward to',
  edit: 'Edit…',
  editMessage: 'Edit message',
  remove: 'Delete…',
  removeQuestion: 'Delete this message?',
  removeLead: 'The customer will not see it any more either.',
  removeNow: 'Delete',

  unwilling: {
    opted_out: 'Wants no messages',
    no_marketing: 'Wants no marketing',
    blocked: 'Blocked you',
    complained: 'Reported you',
    gone: 'Not reachable',
  },
  otherwiseUnwilling: 'Not to be written to',
  closedBecause: {
    opted_out: 'This customer asked not to get messages on this channel.',
    no_marketing: 'This customer wants no marketing on this channel. Answers still reach them.',
    blocked: 'This customer has blocked your account on this channel.',
    complained: 'This customer has reported messages of your account.',
    gone: 'There is nobody at this address any more.',
  },
  saidBy: {
    message: 'Said in a message',
    unsubscribe: 'Said on the unsubscribe page',
    provider: 'Known from the provider',
    agent: 'Written down by an agent',
  },
  allowAgain: 'Allow messages again',
  allowQuestion: 'Write to this customer again?',
  allowLead: 'Only if the customer has agreed. Your name and the reason are kept.',
  allowReason: 'Why they may be written to again',
};
