import { plainType } from './media-types.ts';

/** What a file's bytes say of themselves. */
export interface Content {
  /** by its signature */
  signature?: string;
  /** its beginning is UTF-8 without NUL */
  text: boolean;
}

const UNKNOWN = 'application/octet-stream';

/** Formats that have no signature. HTML and SVG are not among them: nobody is to open those as what they say they are. */
const plainTexts = new Set([
  'text/plain',
  'text/csv',
  'text/vcard',
  'text/calendar',
  'application/json',
  'message/rfc822',
]);

/** Containers whose signature tells less than what was declared, with what may be inside. */
const containers: [signature: RegExp, inside: RegExp][] = [
  [/^application\/zip$/, /openxmlformats|opendocument|epub|^application\/vnd\.android|^application\/java-archive/],
  [/^application\/x-cfb$/, /^application\/(msword|vnd\.ms-(excel|powerpoint|outlook|project)|vnd\.visio)/],
  [/^application\/gzip$/, /^application\/x-tgsticker$/],
  [/^(video|audio)\/(mp4|3gpp|quicktime)$/, /^(video|audio)\/(mp4|3gpp|quicktime)$/],
  [/^video\/(webm|x-matroska)$/, /^(video|audio)\/(webm|x-matroska)$/],
  [/^(audio|video)\/ogg$/, /^(audio|video)\/ogg$/],
];

/**
 * The type of a file: what its bytes say counts more than what was declared; what is declared is believed where it is the more exact of the two,
 * and of text, which has no signature.
 */
export function typeOfContent({ signature, text }: Content, declared: string | undefined): string {
  const found = plainType(signature);
  const said = plainType(declared);
  if (found === undefined) {
    if (!text) return UNKNOWN;
    return said !== undefined && plainTexts.has(said) ? said : 'text/plain';
  }
  const more = said !== undefined && containers.some(([outer, inner]) => outer.test(found) && inner.test(said));
  return more ? said : found;
}

/** Whether the beginning of a file is UTF-8 without NUL. A character that its end cuts in two does no harm. */
export function isText(head: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }).includes('\0');
  } catch {
    return false;
  }
}
