import type { ContactCard } from '../../domain/body.ts';
import { compact } from './read.ts';

/** Beyond this it is a photo that makes a card large, and the card is kept without. */
const MOST_KEPT = 4096;
const MOST_READ = 1_000_000;

/** What the inbox shows of the first card of a text. */
export function contactOf(vcard: string): ContactCard {
  return { ...(contactsOf(vcard)[0] as ContactCard), vcard: keptText(vcard) };
}

/** The cards of a text, at least one: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as phones write them. Their text is kept: it may say more. */
export function contactsOf(text: string): ContactCard[] {
  const cards = cardsIn(unfold(text.slice(0, MOST_READ)));
  if (cards.length > 1) return cards.map((lines) => ({ ...cardOf(lines), vcard: keptText(lines.join('\r\n')) }));
  return [{ ...cardOf(cards[0] ?? []), vcard: keptText(text) }];
}

function cardOf(lines: string[]): ContactCard {
  const properties = lines.flatMap((line) => propertyOf(line) ?? []);
  const of = (name: string) => properties.filter((property) => property.name === name && property.value !== '');
  const phones = [...new Set(properties.flatMap((property) => (property.name === 'TEL' ? phoneOf(property) : [])))];
  const emails = of('EMAIL').map(({ value }) => plain(value));
  const organization = of('ORG').map(({ value }) => partsOf(value).filter(Boolean).join(', '))[0];
  const name =
    of('FN').map(({ value }) => plain(value))[0] ?? assembled(of('N')[0]?.value) ?? organization ?? phones[0];
  return { name: name ?? '', phones, ...compact({ emails: emails.length > 0 ? emails : undefined, organization }) };
}

interface Property {
  name: string;
  parameters: string;
  value: string;
}

/** A line goes on where the next begins with a space; in quoted-printable also where it ends in `=`. */
function unfold(text: string): string[] {
  const lines: string[][] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
    const parts = lines.at(-1);
    const last = parts?.at(-1) ?? '';
    if (parts && last.endsWith('=') && /^[^:]*QUOTED-PRINTABLE/i.test(parts[0] ?? ''))
      parts.splice(-1, 1, last.slice(0, -1), line.trimStart());
    else if (parts && /^[ \t]/.test(line)) parts.push(line.slice(1));
    else lines.push([line]);
  }
  return lines.map((parts) => parts.join(''));
}

/** The lines of each card. A card inside a card (an agent's) is none of ours. */
function cardsIn(lines: string[]): string[][] {
  const cards: string[][] = [];
  let depth = 0;
  for (const line of lines) {
    if (/^(AGENT.*:)?\s*BEGIN:VCARD\s*$/i.test(line) && ++depth === 1) cards.push([]);
    if (depth === 1) cards.at(-1)?.push(line);
    if (/^END:VCARD\s*$/i.test(line)) depth = Math.max(0, depth - 1);
  }
  return cards;
}

/** `item1.TEL;type=CELL;X="a:b":+20 100`. A parameter may stand in quotes, or, in 2.1, be a bare word. */
function propertyOf(line: string): Property | undefined {
  const [, name, parameters = '', value = ''] =
    /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s.exec(line) ?? [];
  if (name === undefined) return undefined;
  const packed = /[;=]QUOTED-PRINTABLE/i.test(parameters);
  return { name: name.toUpperCase(), parameters, value: packed ? unpack(value, parameters) : value.trim() };
}

function unpack(value: string, parameters: string): string {
  const bytes = Buffer.from(value, 'utf8')
    .toString('latin1')
    .replaceAll(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return decoderFor(/CHARSET="?([\w-]+)/i.exec(parameters)?.[1])
    .decode(Buffer.from(bytes, 'latin1'))
    .trim();
}

function decoderFor(charset = 'utf-8'): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** A number as it was written, else WhatsApp's own of it. */
function phoneOf({ parameters, value }: Property): string[] {
  const written = plain(value.replace(/^tel:/i, '').replace(/;(?:ext|phone-context)=.*$/i, ''));
  const whatsapp = /;waid="?(\d+)/i.exec(parameters)?.[1];
  return written ? [written] : whatsapp ? [`+${whatsapp}`] : [];
}

/** Family; given; further names; before; after. */
function assembled(value: string | undefined): string | undefined {
  const [family, given, further, before, after] = partsOf(value ?? '');
  return [before, given, further, family, after].filter(Boolean).join(' ') || undefined;
}

function partsOf(value: string): string[] {
  return Array.from(value.matchAll(/((?:\\.|[^\\;])*)(?:;|$)/gs), ([, part = '']) => plain(part));
}

function plain(value: string): string {
  return value.replaceAll(/\\([\\;:,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign)).trim();
}

function keptText(text: string): string {
  if (text.length <= MOST_KEPT) return text;
  const small = unfold(text.slice(0, MOST_READ)).filter(
    (line) => !/^(?:[\w-]+\.)?(PHOTO|LOGO|SOUND|KEY)[;:]/i.test(line),
  );
  return small.join('\r\n').slice(0, 16 * MOST_KEPT);
}
