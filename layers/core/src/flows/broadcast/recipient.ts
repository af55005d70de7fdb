import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import type { Channel } from '../../channels/contract.ts';
import type { Recipient } from '../../domain/broadcast.ts';
import { compact } from '../../domain/compact.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Columns } from './columns.ts';

/** A recipient with what tells them apart from others, or why the row can't be used. */
export type ReadRow = { ok: true; recipient: Recipient; key: string } | { ok: false; reason: string };

/** A recipient's values have room for so many characters: a part of a thousand is read at once. */
const MOST_CHARACTERS = 8_192;

/** What stands where bytes are none of UTF-8's: nobody is to be called that. */
const UNREADABLE = '\ufffd';

/** Who a row of a list is. Phone numbers become E.164: those of `country` may be written as people there write them. */
export function recipientOf(channel: Channel, columns: Columns, cells: string[], country: string | undefined): ReadRow {
  const written = (cells[columns.indexOf('to')] ?? '').trim();
  if (written === '') return { ok: false, reason: 'no recipient' };
  if (cells.reduce((sum, { length }) => sum + length, 0) > MOST_CHARACTERS)
    return { ok: false, reason: `more than ${MOST_CHARACTERS} characters` };
  if (cells.some((cell) => cell.includes(UNREADABLE))) return { ok: false, reason: 'letters that are not UTF-8' };
  const address = channel.manifest.address === 'phone' ? phoneOf(written, country) : written;
  const identity = address === undefined ? undefined : channel.recipient(address);
  if (!identity) return { ok: false, reason: whyNobody(channel, written, country) };
  const name = (cells[columns.indexOf('name')] ?? '').trim();
  const variables = variablesOf(columns, cells);
  return {
    ok: true,
    key: identityKey(identity),
    recipient: {
      to: identity.value,
      ...(name === '' ? {} : { name }),
      ...(Object.keys(variables).length === 0 ? {} : { variables }),
    },
  };
}

/** Where one can be seen, with what to do about it. */
function whyNobody({ manifest }: Channel, written: string, country: string | undefined): string {
  const nobody = `not a recipient on ${manifest.label}`;
  if (manifest.address !== 'phone') return nobody;
  if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(written))
    return `${nobody}: the spreadsheet has shortened the number; format its column as text`;
  return country === undefined && /^0(?!0)/.test(written)
    ? `${nobody}: a number without its country's code needs 'default_country'`
    : nobody;
}

function variablesOf(columns: Columns, cells: string[]): Record<string, string> {
  const values = columns.flatMap((name, index) => {
    const value = cells[index]?.trim() ?? '';
    return name === null || name === 'to' || name === 'name' || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(values);
}

/** E.164, where it has the length of a number of its country; a numbering plan's details change, and the provider knows them. */
function phoneOf(written: string, country: string | undefined): string | undefined {
  const text = written.replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/^(00|٠٠|۰۰)/, '+');
  if (!text.startsWith('+') && country !== undefined) {
    const number = possible(text, country);
    if (number !== undefined) return number;
  }
  return possible(text.startsWith('+') ? text : `+${text}`);
}

function possible(text: string, country?: string): string | undefined {
  const known = compact({ defaultCountry: country as CountryCode | undefined });
  const number = parsePhoneNumberFromString(text, { ...known, extract: false });
  return number?.isPossible() && number.ext === undefined ? number.number : undefined;
}
