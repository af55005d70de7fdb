import { unreadable } from './reading.ts';
import type { Unreadable } from './reading.ts';

/** What each column of a list is: the recipient (`to`), their name, the variable of this name, or nothing (null). */
export type Columns = (string | null)[];

const names: Record<'to' | 'name', Set<string>> = {
  to: new Set([
    'to',
    'phone',
    'phone number',
    'mobile',
    'mobile number',
    'phone no',
    'mobile no',
    'telephone',
    'telephone number',
    'telephone no',
    'tel',
    'cell',
    'cell phone',
    'gsm',
    'msisdn',
    'number',
    'whatsapp',
    'whatsapp number',
    'email',
    'e-mail',
    'chat id',
    'الهاتف',
    'رقم الهاتف',
    'هاتف',
    'الجوال',
    'رقم الجوال',
    'جوال',
    'الموبايل',
    'رقم الموبايل',
    'موبايل',
    'التليفون',
    'رقم التليفون',
    'تليفون',
    'التلفون',
    'رقم التلفون',
    'تلفون',
    'الواتساب',
    'رقم الواتساب',
    'واتساب',
    'المحمول',
    'رقم المحمول',
    'الرقم',
    'البريد الإلكتروني',
    'البريد الالكتروني',
    'الايميل',
  ]),
  name: new Set([
    'name',
    'full name',
    'contact name',
    'customer name',
    'client name',
    'الاسم',
    'اسم',
    'الإسم',
    'الاسم الكامل',
    'اسم العميل',
    'العميل',
  ]),
};

/**
 * What the columns of this header are. What `mapping` does not name is taken for what it is usually called, or is a variable under its own heading.
 * Refused when none is the recipient, or `mapping` names a column that is not there.
 */
export function columnsOf(header: string[], mapping: Record<string, string> = {}): Columns | Unreadable {
  const headings = header.map(plain);
  const wanted = new Map(Object.entries(mapping).map(([heading, is]) => [plain(heading), is]));
  const absent = Object.keys(mapping).find((heading) => !headings.includes(plain(heading)));
  if (absent !== undefined) return unreadable('no_column', `The list has no column '${absent}'`, { column: absent });
  const named = headings.map((heading) => wanted.get(heading));
  const taken = new Set(named);
  const columns = headings.map(
    (heading, index) => named[index] ?? usual(heading, taken) ?? variableOf(header[index] ?? ''),
  );
  if (columns.includes('to')) return columns;
  const hint = `Say which: 'mapping': { "${header[0] ?? ''}": "to" }.`;
  return unreadable('no_recipient_column', `No column of the list is known to hold the recipients. ${hint}`);
}

/** The first column of such a heading is it; a second one is a variable. */
function usual(heading: string, taken: Set<string | undefined>): string | undefined {
  const role = (['to', 'name'] as const).find((each) => names[each].has(heading) && !taken.has(each));
  if (role) taken.add(role);
  return role;
}

/** A heading as a variable can be called: `Order no` is `{{Order_no}}`. */
function variableOf(heading: string): string | null {
  const name = bare(heading)
    .replaceAll(/[^\p{L}\p{M}\p{N}_.]+/gu, '_')
    .replaceAll(/^[_.\p{M}]+|[_.]+$/gu, '');
  return name === '' ? null : name;
}

function plain(heading: string): string {
  return bare(heading)
    .replaceAll(/[\s_]+/g, ' ')
    .replace(/[.:]+$/, '')
    .toLowerCase();
}

/** Without the marks of direction that people who write from right to left leave. */
function bare(heading: string): string {
  return heading
    .normalize('NFC')
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
}
