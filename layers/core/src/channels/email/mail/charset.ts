import type { Email } from 'postal-mime';

type Texts = Pick<Email, 'text' | 'html' | 'subject'>;
type Parse = (bytes: Uint8Array<ArrayBuffer>) => Promise<Texts | undefined>;

/** Larger ones keep what their labels make of them. */
const MOST_BYTES = 10 * 1024 * 1024;
const MOSTLY = 0.8;

/**
 * A mail's texts as they were meant, where the label of their character set is wrong: UTF-8 called something older, Arabic (windows-1256)
 * called Latin, UTF-8, or nothing. What is right stays as it is.
 */
export async function readable(mail: Texts, bytes: Uint8Array<ArrayBuffer>, parse: Parse): Promise<Texts> {
  const subject = isBroken(mail.subject) ? (rawSubject(bytes) ?? mail.subject) : mail.subject;
  const { text, html } = await relabelled(mail, bytes, parse);
  return { text: mended(text), html: mended(html), subject: mended(subject) };
}

async function relabelled(mail: Texts, bytes: Uint8Array<ArrayBuffer>, parse: Parse): Promise<Texts> {
  if ((!isBroken(mail.text) && !isBroken(mail.html)) || bytes.length > MOST_BYTES) return mail;
  const read = async (label: string) => (await parse(withLabel(bytes, label))) ?? mail;
  const [one, other] = [await read('windows-1256'), await read('iso-8859-6')];
  const best = shareOfArabic(other) > shareOfArabic(one) ? other : one;
  return shareOfArabic(best) > MOSTLY ? best : read('windows-1252');
}

function shareOfArabic({ text = '', html = '' }: Texts): number {
  const letters = `${text} ${html}`.match(/[^\p{ASCII}\p{P}\s]/gu) ?? [];
  return letters.length < 2 ? 0 : letters.filter((each) => /\p{Script=Arabic}/u.test(each)).length / letters.length;
}

/** More of it could not be read than could: a byte that was lost on the way is not a wrong label. */
function isBroken(text: string | undefined): boolean {
  const bad = text?.match(/\ufffd/g)?.length ?? 0;
  return bad > 0 && bad > (text?.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0);
}

/** The same mail with every text called so that is called UTF-8, or nothing. */
function withLabel(bytes: Uint8Array<ArrayBuffer>, label: string): Uint8Array<ArrayBuffer> {
  const raw = Buffer.from(bytes).toString('latin1');
  const named = raw
    .replaceAll(/charset\s*=\s*"?utf-?8"?/gi, `charset=${label}`)
    .replaceAll(/^(content-type:[ \t]*text\/(?:plain|html))[ \t]*(?=\r?$)/gim, `$1; charset=${label}`);
  const [head = ''] = named.split(/\r?\n\r?\n/, 1);
  const whole = /^content-type:/im.test(head) ? named : `Content-Type: text/plain; charset=${label}\r\n${named}`;
  return new Uint8Array(Buffer.from(whole, 'latin1'));
}

/** A subject that was written without any encoding, in what such programs use. */
function rawSubject(bytes: Uint8Array): string | undefined {
  const [head = ''] = Buffer.from(bytes.subarray(0, 65_536))
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  const line = /^subject:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/im.exec(head)?.[1];
  const text = line && new TextDecoder('windows-1256').decode(Buffer.from(line, 'latin1'));
  return text && isArabic(text) ? text : undefined;
}

function mended<Text extends string | undefined>(text: Text): Text | string {
  if (text === undefined || !/\P{ASCII}/u.test(text)) return text;
  return asUtf8(text, 'windows-1252') ?? asUtf8(text, 'windows-1256') ?? asArabic(text) ?? text;
}

/** Hardly any text in another character set happens to be UTF-8 as well. */
function asUtf8(text: string, label: string): string | undefined {
  const bytes = bytesIn(text, label);
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Words of accented letters alone are in no language that is written in Latin ones. */
function asArabic(text: string): string | undefined {
  const words = text.split(/[\s\p{P}\p{S}]+/u).filter((word) => word.length > 2 && /[\u00c0-\u00ff]/.test(word));
  const pure = words.filter((word) => !/[a-z]/i.test(word));
  if (pure.length < 2 || pure.length < 0.8 * words.length) return undefined;
  const bytes = bytesIn(text, 'windows-1252');
  const read = bytes && new TextDecoder('windows-1256').decode(bytes);
  return read !== undefined && isArabic(read) ? read : undefined;
}

function isArabic(text: string): boolean {
  return shareOfArabic({ text }) > MOSTLY;
}

const tables = new Map<string, Map<string, number>>();

/** What a text was before somebody took its bytes for this character set. Undefined when it was not. */
function bytesIn(text: string, label: string): Uint8Array<ArrayBuffer> | undefined {
  const table = tables.get(label) ?? tableOf(label);
  tables.set(label, table);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const byte = table.get(text.charAt(at));
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

function tableOf(label: string): Map<string, number> {
  const characters = new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return new Map(Array.from(characters, (character, byte) => [character, byte]));
}
