import * as v from 'valibot';
import { compact } from '../../domain/compact.ts';
import { matching, object, text } from '../../domain/fields.ts';
import { newQuickReplyId } from '../../domain/id.ts';
import type { QuickReply } from '../../domain/library.ts';
import { readOrRefuse } from '../../domain/misfit.ts';
import { ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { addEntry } from '../../store/library.ts';
import type { Principal } from '../access/authenticate.ts';
import { channels, taken } from './library-entry.ts';

const members = {
  shortcut: matching(/^[\p{L}\p{M}\p{N}_-]{1,32}$/u, 'must be 1 to 32 letters, digits, _ or -, without the slash'),
  title: v.optional(v.nullable(text(1, 128))),
  message: text(1, 4096),
  channels: v.optional(channels),
};

const fresh = object(members);
const change = object({
  shortcut: v.optional(members.shortcut),
  title: members.title,
  message: v.optional(members.message),
  channels: members.channels,
});

export async function createQuickReply({ organizationId }: Principal, body: unknown): Promise<Result<QuickReply>> {
  const read = readOrRefuse(fresh, body);
  if (!read.ok) return read;
  const { shortcut, title, message, channels: only = null } = read.value;
  const now = Date.now();
  const reply: QuickReply = {
    id: newQuickReplyId(),
    organizationId,
    shortcut,
    message,
    channels: only,
    createdAt: now,
    updatedAt: now,
    ...(title ? { title } : {}),
  };
  return (await addEntry('replies', reply)) ? ok(reply) : taken('shortcut', shortcut);
}

/** What a change makes of a reply: it sets what it names; a title of null takes it away. */
export function changedQuickReply(reply: QuickReply, body: unknown): Result<QuickReply> {
  const read = readOrRefuse(change, body);
  if (!read.ok) return read;
  const { title = reply.title, ...rest } = read.value;
  const { title: _former, ...others } = reply;
  return ok({ ...others, ...compact(rest), ...(title ? { title } : {}), updatedAt: Date.now() });
}
