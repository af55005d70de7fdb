/** What the interface says of quick replies and templates. */
export interface LibraryWords {
  quickReplies: string;
  windowClosed: string;
  windowClosedFor: string;
  chooseTemplate: string;
  template: string;
  noTemplates: string;
  headerValue: (name: string) => string;
  bodyValue: (name: string) => string;
  fileLink: string;
  latitude: string;
  longitude: string;
  buttonValue: (button: string) => string;
  preview: string;
}

export const englishLibrary: LibraryWords = {
  quickReplies: 'Quick replies',
  windowClosed: 'This customer has not written for a day. Only a template reaches them now.',
  windowClosedFor: 'This customer has not written for a while. What you send now may not reach them.',
  chooseTemplate: 'Send a template',
  template: 'Template',
  noTemplates: 'No approved template. They are read from the provider when the account is synced.',
  headerValue: (name) => `Header, ${name}`,
  bodyValue: (name) => `Text, ${name}`,
  fileLink: 'Link to the file of the header',
  latitude: 'Latitude',
  longitude: 'Longitude',
  buttonValue: (button) => `Button “${button}”`,
  preview: 'What the customer gets',
};
