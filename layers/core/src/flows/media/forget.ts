import { filesOf } from '../../domain/body.ts';
import { parseMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { queueForget } from '../../store/queues.ts';

/** Has the files removed of messages that were just taken back. */
export async function forgetFiles(changes: { before: Message | undefined; after: Message }[]): Promise<void> {
  const folders = changes.flatMap(({ before, after }) =>
    before && before.deletedAt === undefined && after.deletedAt !== undefined ? foldersOf(before) : [],
  );
  for (const folder of new Set(folders)) await queueForget({ folder });
}

/**
 * Where the files of a message lie that are its own: with their thumbnails, and what they were before they were converted. Files of broadcasts and
 * series, and what a client brought, lie elsewhere, because other messages have them too. A message that went over to another conversation has its
 * files where it was before, under the same part of its id.
 */
function foldersOf({ id, body }: Message): string[] {
  const own = `/msg_${parseMessageId(id)?.uuid}_`;
  return filesOf(body).flatMap(({ key }) => {
    const start = key?.indexOf(own) ?? -1;
    return key === undefined || start === -1 ? [] : [`${key.slice(0, start + 1)}${nameIn(key, start + 1)}`];
  });
}

/** The part of a path that begins there. */
function nameIn(key: string, start: number): string {
  return key.slice(start).split('/')[0]?.slice(0, MESSAGE_ID_LENGTH) ?? '';
}

/** `msg_`, and two UUIDs with a `_` between them: what follows is the ending of a thumbnail. */
const MESSAGE_ID_LENGTH = 4 + 36 + 1 + 36;
