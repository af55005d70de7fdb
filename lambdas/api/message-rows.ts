import type { Message } from '@parley/core/domain/message.ts';
import { messageRow } from '@parley/core/domain/message-row.ts';
import type { Row } from '@parley/core/domain/rows.ts';
import { signMedia } from '@parley/core/store/media-bucket.ts';

/** A message as clients get it, with links to its files. */
export function rowOf(message: Message): Row {
  return messageRow(message, signMedia);
}
