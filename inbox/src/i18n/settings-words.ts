/** The words of the page of channel accounts. */
export interface SettingsWords {
  accounts: string;
  accountsLead: string;
  closeSettings: string;
  connectChannel: string;
  connectWith: (channel: string) => string;
  connect: string;
  channel: string;
  kindOfAccount: string;
  accountName: string;
  accountAddress: string;
  serverAddress: string;
  optional: string;
  linkLater: string;
  secretsLead: string;
  test: string;
  testPassed: string;
  switchOn: string;
  switchOff: string;
  switchedOff: string;
  newCredentials: string;
  save: string;
  disconnect: string;
  disconnectLead: string;
  pairPhone: string;
  pairLead: string;
  pairCode: string;
  paired: string;
  waitingForCode: string;
  unpair: string;
  healthStates: Record<string, string>;
  lastReceived: (when: string) => string;
  lastSent: (when: string) => string;
  recentFailures: (share: string) => string;
  tokenRunsOut: (when: string) => string;
  slowed: (perSecond: string, until: string) => string;
  healthHistory: string;
  someNotConnected: string;
}

export const englishSettings: SettingsWords = {
  accounts: 'Channels',
  accountsLead: 'The accounts your customers write to, and how each of them does.',
  closeSettings: 'Back to the inbox',
  connectChannel: 'Connect a channel',
  connectWith: (channel) => `Sign in with ${channel}`,
  connect: 'Connect',
  channel: 'Channel',
  kindOfAccount: 'Kind of account',
  accountName: 'Name in the inbox',
  accountAddress: 'Number or id at the provider',
  serverAddress: 'Address of your server',
  optional: 'optional',
  linkLater: 'The phone is linked afterwards',
  secretsLead: 'What you type here is sealed and is never shown again.',
  test: 'Test',
  testPassed: 'The provider answers.',
  switchOn: 'Switch on',
  switchOff: 'Switch off',
  switchedOff: 'Switched off',
  newCredentials: 'New credentials',
  save: 'Save',
  disconnect: 'Disconnect',
  disconnectLead: 'Disconnect this account? Its conversations stay.',
  pairPhone: 'Link a phone',
  pairLead: 'On the phone: WhatsApp, Linked devices, Link a device. Then scan this code.',
  pairCode: 'Code to scan',
  paired: 'The phone is linked.',
  waitingForCode: 'Waiting for the code…',
  unpair: 'Unlink the phone',
  healthStates: {
    healthy: 'Working',
    degraded: 'Working badly',
    needs_reauth: 'Has to be connected again',
    disconnected: 'Not linked',
    unknown: 'Not checked yet',
  },
  lastReceived: (when) => `Last received ${when}`,
  lastSent: (when) => `last sent ${when}`,
  recentFailures: (share) => `${share} of recent messages failed`,
  tokenRunsOut: (when) => `access until ${when}`,
  slowed: (perSecond, until) =>
    `The provider takes no more than about ${perSecond} messages a second. Back to full speed by ${until}.`,
  healthHistory: 'How it did',
  someNotConnected: 'Not all accounts could be connected.',
};
