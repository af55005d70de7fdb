import { textOfHtml } from '@parley/core/channels/email/mail/html-text.ts';
import { sanitise } from '@parley/core/channels/email/mail/html.ts';
import { splitQuote } from '@parley/core/channels/email/mail/quote.ts';
import { contactsOf } from '@parley/core/channels/shared/vcard.ts';
import { wishOf } from '@parley/core/domain/opt-out-words.ts';
import { parseMarkdown } from '@parley/core/domain/rich-text/parse-markdown.ts';
import { fromWhatsApp } from '@parley/core/domain/rich-text/from-whatsapp.ts';
import { toWhatsApp } from '@parley/core/domain/rich-text/to-whatsapp.ts';
import { variablesIn } from '@parley/core/domain/variables.ts';

/** A reader of what strangers write, and parts of which a long text makes one slow that looks back. */
export interface HostileTexts {
  reader: string;
  parts: readonly string[];
  read(text: string): unknown;
}

export const markdownParts = [
  '*',
  '**',
  '_a_ ',
  '_a__b',
  '`',
  '`a',
  '```',
  '```\n',
  '> ',
  '\n> a',
  '[',
  '[a](',
  '[a](https://',
  '[a](https://a.b/(',
  '[a](https://a.b) ',
  '](https://a.b/(x)',
  '||',
  '~~a ~~',
  '\\',
  '\\*',
  'https://',
  '**a** ',
  '*a _b* c_ ',
  '\n\n*',
];

export const whatsAppParts = ['*', '_a_ ', '`', '```', '> ', '*a', 'https://', '*_~', '*\u200b', 'a* *b ', '\n> '];

export const variableParts = ['{{', '{{a|', '{{"', '{{ ', '{a', '{\u200f', '{{a '];

/** The last are closed, or may be open only once, so that they are looked for among all that is open. */
const htmlParts = [
  '<div>',
  '<',
  '<b><i>',
  '&amp;',
  '<p>a',
  '<blockquote>a',
  '<svg>',
  '<a href=x>',
  '</x>',
  '<div></b>',
  '<div><form>',
  '<svg><desc></foreignobject>',
];

export const hostileTexts: readonly HostileTexts[] = [
  { reader: 'Markdown', parts: markdownParts, read: parseMarkdown },
  { reader: "WhatsApp's marks, in", parts: whatsAppParts, read: fromWhatsApp },
  { reader: "WhatsApp's marks, out", parts: whatsAppParts, read: (text) => toWhatsApp(text, []) },
  { reader: 'variables', parts: variableParts, read: variablesIn },
  { reader: 'HTML, cleaned', parts: htmlParts, read: sanitise },
  { reader: 'HTML, as text', parts: htmlParts, read: textOfHtml },
  {
    reader: 'quotes',
    parts: ['\n', 'On 2026-01-01 10:00 a@b.example wrote:\n', 'From: a\nTo: b\n\n', 'On x '],
    read: splitQuote,
  },
  { reader: 'cards', parts: ['\r\n x', ';"', ';', '=\r\n'], read: (text) => contactsOf(`BEGIN:VCARD\nFN:A${text}`) },
  { reader: 'words of opt-outs', parts: ['ا', '*', '\u064b', ' .'], read: wishOf },
];
