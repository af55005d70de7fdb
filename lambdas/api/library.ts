import { loadChannel } from '@parley/core/channels/registry.ts';
import { messageTemplateRow, quickReplyRow } from '@parley/core/domain/library-rows.ts';
import { ok } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import type { Row } from '@parley/core/domain/rows.ts';
import { objectIn } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { replaceEntries } from '@parley/core/flows/templates/library-entry.ts';
import type { EntryChange } from '@parley/core/flows/templates/library-entry.ts';
import { changedMessageTemplate, createMessageTemplate } from '@parley/core/flows/templates/message-templates.ts';
import { changedQuickReply, createQuickReply } from '@parley/core/flows/templates/quick-replies.ts';
import { findEntry, removeEntry } from '@parley/core/store/library.ts';
import type { Entry, Shelf } from '@parley/core/store/library.ts';
import { changed, created, idsOf, newRowIn, readWrite } from './writing.ts';
import type { Asked } from './writing.ts';

/** How the entries of a table are written. */
interface Writing<S extends Shelf> {
  table: 'message_templates' | 'quick_replies';
  shelf: S;
  create(principal: Principal, body: unknown): Promise<Result<Entry<S>>>;
  /** what a change makes of an entry, or why it is none; nothing is written */
  changed(entry: Entry<S>, body: unknown): Result<Entry<S>> | Promise<Result<Entry<S>>>;
  row(entry: Entry<S>): Row;
}

const templates: Writing<'templates'> = {
  table: 'message_templates',
  shelf: 'templates',
  create: (principal, body) => createMessageTemplate(loadChannel, principal, body),
  changed: (template, body) => changedMessageTemplate(loadChannel, template, body),
  row: messageTemplateRow,
};

const replies: Writing<'replies'> = {
  table: 'quick_replies',
  shelf: 'replies',
  create: createQuickReply,
  changed: changedQuickReply,
  row: quickReplyRow,
};

/** `/rest/v1/message_templates`: entries are added one at a time, changed and deleted by filter. */
export function writeMessageTemplates(request: HttpRequest, principal: Principal): Promise<Result<HttpResponse>> {
  return write(request, principal, templates);
}

/** `/rest/v1/quick_replies`, likewise. */
export function writeQuickReplies(request: HttpRequest, principal: Principal): Promise<Result<HttpResponse>> {
  return write(request, principal, replies);
}

async function write<S extends Shelf>(
  request: HttpRequest,
  principal: Principal,
  writing: Writing<S>,
): Promise<Result<HttpResponse>> {
  const asked = readWrite(request, principal, writing.table);
  if (!asked.ok) return asked;
  if (request.method === 'POST') return create(asked.value, writing);
  return request.method === 'DELETE' ? remove(asked.value, writing) : change(asked.value, writing);
}

async function create<S extends Shelf>(asked: Asked, { create: add, row }: Writing<S>): Promise<Result<HttpResponse>> {
  const body = newRowIn(asked.request);
  if (!body.ok) return body;
  const entry = await add(asked.principal, body.value);
  return entry.ok ? ok(created(asked, row(entry.value))) : entry;
}

async function change<S extends Shelf>(asked: Asked, writing: Writing<S>): Promise<Result<HttpResponse>> {
  const body = objectIn(asked.request, 'PGRST102');
  if (!body.ok) return body;
  const found = await entriesOf(asked, writing);
  if (!found.ok) return found;
  const changes: EntryChange<S>[] = [];
  for (const before of found.value) {
    const entry = await writing.changed(before, body.value);
    if (!entry.ok) return entry;
    changes.push({ before, entry: entry.value });
  }
  const replaced = await replaceEntries(writing.shelf, changes);
  return replaced.ok ? ok(changed(asked, replaced.value.map(writing.row))) : replaced;
}

async function remove<S extends Shelf>(asked: Asked, writing: Writing<S>): Promise<Result<HttpResponse>> {
  const found = await entriesOf(asked, writing);
  if (!found.ok) return found;
  const rows: Row[] = [];
  for (const entry of found.value) if (await removeEntry(writing.shelf, entry)) rows.push(writing.row(entry));
  return ok(changed(asked, rows));
}

/** The entries that the filter finds, as they are now. */
async function entriesOf<S extends Shelf>(asked: Asked, { shelf }: Writing<S>): Promise<Result<Entry<S>[]>> {
  const ids = await idsOf(asked);
  if (!ids.ok) return ids;
  const entries = await Promise.all(ids.value.map((id) => findEntry(shelf, asked.principal.organizationId, id)));
  return ok(entries.filter((entry) => entry !== undefined));
}
