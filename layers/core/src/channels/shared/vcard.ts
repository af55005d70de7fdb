import type { ContactCard } from '../../domain/body.ts';
import { compact } from './read.ts';

/** What the inbox shows of a vCard. The text is kept: it may say more. */
export function contactOf(vcard: string): ContactCard {
  const lines = vcard.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const phones = valuesOf(lines, 'TEL');
  const emails = valuesOf(lines, 'EMAIL');
  return {
    name: valuesOf(lines, 'FN')[0] ?? phones[0] ?? '',
    phones,
    ...compact({ emails: emails.length > 0 ? emails : undefined, organization: valuesOf(lines, 'ORG')[0] }),
    vcard,
  };
}

/** Properties may have a group (`item1.TEL`) and parameters (`TEL;type=CELL`). */
function valuesOf(lines: string[], property: string): string[] {
  const start = new RegExp(`^(?:[\\w-]+\\.)?${property}(?:;[^:]*)?:`, 'i');
  return lines.filter((line) => start.test(line)).map((line) => unescape(line.replace(start, '')).trim());
}

function unescape(text: string): string {
  return text.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));
}
