import { recordAt, recordsAt, type Json } from '../json.ts';
import { isHttpUrl } from '../media.ts';
import { first, invalid, object, onlyKeys, optionalFlag, optionalText, text, type Check } from './params.ts';

/** One of `id` and `link`, and what the kind allows besides. */
export function checkMedia(message: Json, kind: string, extras: readonly string[]): Check {
  const value = recordAt(message, kind);
  return first(
    () => object(message[kind], kind),
    () => onlyKeys(value, kind, ['id', 'link', ...extras]),
    () => checkSource(value, kind),
    () => (value['caption'] === undefined ? undefined : text(value['caption'], `${kind}['caption']`, 1024)),
    () => optionalText(value['filename'], `${kind}['filename']`, 240),
    () => optionalFlag(value['voice'], `${kind}['voice']`),
  );
}

function checkSource(value: Json, kind: string): Check {
  const { id, link } = value as Record<string, unknown>;
  if ((id === undefined) === (link === undefined)) return invalid(`Param ${kind} must have exactly one of id and link.`);
  if (id !== undefined) return text(id, `${kind}['id']`, 64);
  const isLink = typeof link === 'string' && isHttpUrl(link);
  return isLink ? undefined : invalid(`Param ${kind}['link'] is not a valid URI.`);
}

/** The media ids a message refers to, with the kind each must be. */
export function mediaOf(message: Json): { kind: string; media: Json }[] {
  const type = String(message['type'] ?? 'text');
  const header = recordAt(recordAt(message, 'interactive'), 'header');
  const parameters = recordsAt(recordAt(message, 'template'), 'components').flatMap((part) => recordsAt(part, 'parameters'));
  return [[type, message], ...[header, ...parameters].map((holder) => [String(holder['type']), holder])].flatMap(([kind, holder]) =>
    isMediaKind(String(kind)) ? [{ kind: String(kind), media: recordAt(holder as Json, String(kind)) }] : [],
  );
}

function isMediaKind(kind: string): boolean {
  return ['image', 'video', 'audio', 'document', 'sticker'].includes(kind);
}
