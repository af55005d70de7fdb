import type { Entity, RichText } from '../../domain/body.ts';
import { compact } from '../../domain/compact.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { normaliseEntities } from '../../domain/rich-text/normalise.ts';
import { parseMarkdown } from '../../domain/rich-text/parse-markdown.ts';
import type { Fields } from './fields.ts';

/** Telegram takes no more; as many may be given as `entities`. */
const MOST_ENTITIES = 100;

/** The words of a send with their formatting: in Markdown, as entities, or with none said. Undefined where there are none. */
export function readWords({
  message,
  entities,
  format,
}: Pick<Fields, 'message' | 'entities' | 'format'>): Result<RichText | undefined> {
  if (!message) return ok(undefined);
  if (format !== 'markdown')
    return ok(entities ? { text: message, entities: readEntities(message, entities) } : { text: message });
  if (entities)
    return refuse(
      400,
      'contradiction',
      `'format' reads formatting from 'message', and 'entities' gives another: give one`,
      {
        details: 'entities',
      },
    );
  const words = parseMarkdown(message);
  if (words.entities.length <= MOST_ENTITIES) return ok(words);
  return refuse(
    422,
    'too_many',
    `'message' has ${words.entities.length} formatted parts; it takes 0 to ${MOST_ENTITIES}`,
    {
      details: 'message',
    },
  );
}

function readEntities(message: string, entities: NonNullable<Fields['entities']>): Entity[] {
  return normaliseEntities(
    message,
    entities.map((entity) => compact(entity) as Entity),
  );
}
