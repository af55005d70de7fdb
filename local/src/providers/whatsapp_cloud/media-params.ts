import type { Json } from '../../json.ts';
import { recordAt, recordsAt, shown } from '../json.ts';
import { isHttpUrl } from '../media.ts';
import { first, invalid, object, type Check } from '../meta/check.ts';
import { onlyKeys, optionalFlag, optionalText, text } from './params.ts';

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
  if ((id === undefined) === (link === undefined))
    return invalid(`Param ${kind} must have exactly one of id and link.`);
  if (id !== undefined) return text(id, `${kind}['id']`, 64);
  const isLink = typeof link === 'string' && isHttpUrl(link);
  return isLink ? undefined : invalid(`Param ${kind}['link'] is not a valid URI.`);
}

/** The files a message refers to, with the kind each must be. */
export function mediaOf(message: Json): { kind: string; media: Json }[] {
  const type = shown(message['type']) || 'text';
  const header = recordAt(recordAt(message, 'interactive'), 'header');
  const components = recordsAt(recordAt(message, 'template'), 'components');
  const parameters = components.flatMap((component) => recordsAt(component, 'parameters'));
  const holders = [
    { kind: type, holder: message },
    ...[header, ...parameters].map((holder) => ({ kind: shown(holder['type']), holder })),
  ];
  return holders
    .filter(({ kind }) => ['image', 'video', 'audio', 'document', 'sticker'].includes(kind))
    .map(({ kind, holder }) => ({ kind, media: recordAt(holder, kind) }));
}
