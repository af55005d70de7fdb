import type { AccountWords } from './account-words.ts';
import type { BroadcastWords } from './broadcast-words.ts';
import type { LibraryWords } from './library-words.ts';
import type { FailureWords, RefusalWords } from './failure-words.ts';
import type { HealthWords } from './health-words.ts';
import type { MailWords } from './mail-words.ts';
import type { MessageWords } from './message-words.ts';
import type { NoticeWords } from './notice-words.ts';
import type { SendingWords } from './sending-words.ts';
import type { SettingsWords } from './settings-words.ts';
import type { BodyType, Status } from '../api/rows.ts';
import type { MarkedStyle } from '../text/marks.ts';

export const languages = ['en', 'ar'] as const;
export type Language = (typeof languages)[number];

/** Each in itself. */
export const languageNames: Record<Language, string> = { en: 'English', ar: 'العربية' };

/** Every string of the interface. Functions take what is put in already formatted, beside the number that picks the plural. */
export interface Dictionary extends SettingsWords {
  direction: 'ltr' | 'rtl';
  switchLanguage: string;
  inbox: string;
  phones: string;
  channels: Record<string, string>;

  signInTitle: string;
  signInLead: string;
  email: string;
  password: string;
  newPassword: string;
  newPasswordLead: string;
  signIn: string;
  signingIn: string;
  signOut: string;
  demoTitle: string;
  demoUser: (email: string) => string;

  live: string;
  connecting: string;
  offline: string;
  networkFailure: string;
  tryAgain: string;
  edited: string;
  deleted: string;
  takeBack: string;

  conversations: string;
  filter: string;
  all: string;
  unread: string;
  unreadCount: (count: number, shown: string) => string;
  search: string;
  nobodyFound: string;
  nobodyFoundLead: string;
  noConversations: string;
  noConversationsLead: string;
  nothingUnread: string;
  nothingUnreadLead: string;
  unknownContact: string;
  unnamedGroup: string;
  noMessagesYet: string;
  noWords: string;
  draft: string;
  closed: string;
  back: string;

  chooseConversation: string;
  chooseConversationLead: string;
  messages: string;
  emptyThread: string;
  beginning: string;
  loading: string;
  newMessages: (count: number, shown: string) => string;
  toNewest: string;
  today: string;
  yesterday: string;

  composerLabel: (name: string) => string;
  composerPlaceholder: string;
  composerHint: string;
  formatting: string;
  formats: Record<MarkedStyle, string>;
  sentOtherwise: string;
  attachFile: string;
  attachedFiles: string;
  dropHere: string;
  removeFile: (name: string) => string;
  uploading: string;
  uploadFailed: string;
  fileEmpty: string;
  fileTooLarge: (most: string) => string;
  send: string;

  statuses: Record<Status, string>;
  history: string;
  notSent: string;
  notDelivered: string;
  failures: FailureWords;
  refusals: RefusalWords;
  notices: NoticeWords;
  health: HealthWords;
  account: AccountWords;
  inReplyTo: string;

  bodies: Record<BodyType, string>;
  mediaPending: string;
  mediaPreparing: string;
  mediaFailed: string;
  showOnMap: string;
  tapped: string;
  templateNamed: (name: string) => string;
  reactionRemoved: string;
  unsupportedLead: string;
  message: MessageWords;
  mail: MailWords;
  library: LibraryWords;
  sending: SendingWords;
  broadcasts: BroadcastWords;

  newConversation: string;
  from: string;
  recipient: string;
  recipientHints: Record<string, string>;
  otherRecipientHint: string;
  firstMessage: string;
  cancel: string;
  noAccounts: string;

  phonesTitle: string;
  phonesLead: string;
  business: string;
  person: string;
  threadOpen: string;
  threadClosed: string;
  openLead: string;
  phoneEmpty: string;
  phonePlaceholder: string;
  allowPushes: string;
  endPushes: string;
  oneWay: string;
  addPerson: string;
  personName: string;
  personAddress: string;
  add: string;
  providerAway: string;
  noPhones: string;
  refused: (status: string) => string;
  attach: string;
}
