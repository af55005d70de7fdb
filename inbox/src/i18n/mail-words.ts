/** What the interface says of mail. */
export interface MailWords {
  subject: string;
  subjectPlaceholder: string;
  showQuoted: string;
  showDesigned: string;
  showPictures: string;
  designedMail: string;
  mailUnreadable: string;
  original: string;
  automaticMail: string;
  suspectMail: Record<'spam' | 'forged', string>;
}

export const mailEnglish: MailWords = {
  subject: 'Subject',
  subjectPlaceholder: 'Subject (empty: answers the last email)',
  showQuoted: 'Earlier text',
  showDesigned: 'Show as designed',
  showPictures: 'Show pictures from elsewhere',
  designedMail: 'The email as its sender designed it',
  mailUnreadable: 'This email could not be shown. Open the original to look at it.',
  original: 'Original',
  automaticMail: 'Automatic answer',
  suspectMail: { spam: 'This may be spam.', forged: 'This may not be from whom it says.' },
};
