import type { Encoding } from '../broadcasts/list-head.ts';
import type { ListProblemWords } from './list-problems.ts';
import { englishListProblems } from './list-problems-en.ts';
import { isolate, plural } from './plural.ts';

/** What the interface says of messages to many. */
export interface BroadcastWords {
  broadcasts: string;
  broadcastsLead: string;
  noBroadcasts: string;
  noBroadcastsLead: string;
  newBroadcast: string;
  unnamed: string;
  name: string;
  sends: string;
  aMessage: string;
  aTemplate: string;
  messageHint: string;
  variables: string;
  noTemplates: string;
  audience: string;
  pasteNumbers: string;
  uploadList: string;
  numbers: string;
  numbersHint: string;
  listFile: string;
  listHint: string;
  encoding: string;
  chooseEncoding: string;
  encodings: Record<Encoding, string>;
  columns: string;
  columnIs: (heading: string) => string;
  asRecipient: string;
  asName: string;
  asVariable: (name: string) => string;
  noRecipientColumn: string;
  country: string;
  countryHint: string;
  create: string;
  uploading: string;

  states: Record<string, string>;
  problems: ListProblemWords;
  startsAt: (when: string) => string;
  recipients: (count: number, shown: string) => string;
  duplicates: (count: number, shown: string) => string;
  badRows: (count: number, shown: string) => string;
  optedOut: (count: number, shown: string) => string;
  progress: string;
  counts: Record<'waiting' | 'pending' | 'sent' | 'delivered' | 'read' | 'unknown' | 'failed' | 'skipped', string>;
  unknownLead: (count: number, shown: string) => string;
  sendUnknown: string;
  sendUnknownQuestion: string;
  perMinute: (shown: string) => string;
  timeLeft: (time: string) => string;

  check: string;
  checked: (count: number, shown: string) => string;
  refused: (count: number, shown: string) => string;
  segments: (shown: string) => string;
  cost: (amount: string) => string;
  startNow: string;
  startLater: string;
  startQuestion: (count: number, shown: string) => string;
  pause: string;
  resume: string;
  cancelIt: string;
  cancelQuestion: string;
  exportResult: string;
  exporting: string;
  downloadResult: string;
}

export const englishBroadcasts: BroadcastWords = {
  broadcasts: 'Broadcasts',
  broadcastsLead: 'One message to many customers, with how far it has come.',
  noBroadcasts: 'No broadcasts yet',
  noBroadcastsLead: 'Write one message, bring a list, and see who would get what before it starts.',
  newBroadcast: 'New broadcast',
  unnamed: 'Broadcast',
  name: 'Name, for you',
  sends: 'What is sent',
  aMessage: 'Message',
  aTemplate: 'Template',
  messageHint: 'Columns of the list can be used as {{name}}, with a default as {{name|there}}.',
  variables: 'Put in a column of the list',
  noTemplates: 'This account has no approved template.',
  audience: 'To whom',
  pasteNumbers: 'Paste',
  uploadList: 'Upload a list',
  numbers: 'Numbers or addresses',
  numbersHint: 'One in each line.',
  listFile: 'CSV or Excel file',
  listHint: 'The first row names the columns.',
  encoding: 'Written in',
  chooseEncoding: 'Choose…',
  encodings: {
    'windows-1256': 'Arabic (Windows-1256)',
    'windows-1252': 'Western European (Windows-1252)',
    'utf-16le': 'Unicode (UTF-16)',
  },
  columns: 'What the columns are',
  columnIs: (heading) => `Column ${isolate(heading)}`,
  asRecipient: 'Recipient',
  asName: 'Name',
  asVariable: (name) => `Variable {{${name}}}`,
  noRecipientColumn: 'Say which column holds the recipients.',
  country: 'Country of numbers without a country code',
  countryHint: 'Two letters, such as EG',
  create: 'Read the list',
  uploading: 'Bringing the list…',

  states: {
    DRAFT: 'No list yet',
    IMPORTING: 'Reading the list…',
    READY: 'Ready to start',
    RUNNING: 'Running',
    PAUSED: 'Paused',
    CANCELLED: 'Cancelled',
    COMPLETED: 'Done',
    FAILED: 'Failed',
  },
  problems: englishListProblems,
  startsAt: (when) => `Starts ${isolate(when)}`,
  recipients: (count, shown) => plural('en', count, shown, { one: '{n} recipient', other: '{n} recipients' }),
  duplicates: (count, shown) => plural('en', count, shown, { one: '{n} duplicate', other: '{n} duplicates' }),
  badRows: (count, shown) => plural('en', count, shown, { one: '{n} bad row', other: '{n} bad rows' }),
  optedOut: (_count, shown) => `${shown} opted out`,
  progress: 'Progress',
  counts: {
    waiting: 'Waiting',
    pending: 'Under way',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    unknown: 'Unknown',
    failed: 'Failed',
    skipped: 'Skipped',
  },
  unknownLead: (count, shown) =>
    plural('en', count, shown, {
      one: 'Nobody knows whether {n} message arrived: the provider never answered. It is not sent again by itself, because it might arrive twice.',
      other:
        'Nobody knows whether {n} messages arrived: the provider never answered. They are not sent again by themselves, because some might arrive twice.',
    }),
  sendUnknown: 'Send these again',
  sendUnknownQuestion: 'Send these again? Whoever did get the message gets it a second time.',
  perMinute: (shown) => `${shown} a minute`,
  timeLeft: (time) => `${time} left`,

  check: 'Check',
  checked: (count, shown) =>
    plural('en', count, shown, { one: 'The first one was looked at.', other: 'The first {n} were looked at.' }),
  refused: (count, shown) =>
    plural('en', count, shown, { one: '{n} of them would be refused.', other: '{n} of them would be refused.' }),
  segments: (shown) => `${shown} SMS parts each on average`,
  cost: (amount) => `About ${isolate(amount)}`,
  startNow: 'Start now',
  startLater: 'Start later',
  startQuestion: (count, shown) =>
    plural('en', count, shown, { one: 'Send this to {n} recipient now?', other: 'Send this to {n} recipients now?' }),
  pause: 'Pause',
  resume: 'Resume',
  cancelIt: 'Cancel it',
  cancelQuestion: 'Cancel this broadcast? What has not left yet is never sent.',
  exportResult: 'Export the result',
  exporting: 'Writing the file…',
  downloadResult: 'Download the result',
};
