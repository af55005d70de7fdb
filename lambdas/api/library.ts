import { loadChannel } from '@parley/core/channels/registry.ts';
import { messageTemplateRow, quickReplyRow } from '@parley/core/domain/library.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import type { Row } from '@parley/core/domain/rows.ts';
import { json, jsonBody, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import type { Preferences } from '@parley/core/edge/postgrest/prefer.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import type { Query } from '@parley/core/edge/postgrest/query.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import { tables } from '@parley/core/edge/tables.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { list } from '@parley/core/flows/lists/list.ts';
import { changeMessageTemplate, createMessageTemplate } from '@parley/core/flows/templates/message-templates.ts';
import { changeQuickReply, createQuickReply } from '@parley/core/flows/templates/quick-replies.ts';
import { findEntry, removeEntry } from '@parley/core/store/library.ts';
import type { Entry, Shelf } from '@parley/core/store/library.ts';
import { selectionOf } from './selection.ts';

/** How the entries of a table are written. */
interface Writing<S extends Shelf> {
  table: 'message_templates' | 'quick_replies';
  shelf: S;
  create(principal: Principal, body: unknown): Promise<Result<Entry<S>>>;
  change(entry: Entry<S>, body: unknown): Promise<Result<Entry<S>>>;
  row(entry: Entry<S>): Row;
}

const templates: Writing<'templates'> = {
  table: 'message_templates',
  shelf: 'templates',
  create: (principal, body) => createMessageTemplate(loadChannel, principal, body),
  change: (template, body) => changeMessageTemplate(loadChannel, template, body),
  row: messageTemplateRow,
};

const replies: Writing<'replies'> = {
  table: 'quick_replies',
  shelf: 'replies',
  create: createQuickReply,
  change: changeQuickReply,
  row: quickReplyRow,
};

/** `/rest/v1/message_templates`: entries are added one at a time, changed and deleted by filter. */
export function writeMessageTemplates(request: HttpRequest, principal: Principal): Promise<HttpResponse> {
  return write(request, principal, templates);
}

/** `/rest/v1/quick_replies`, likewise. */
export function writeQuickReplies(request: HttpRequest, principal: Principal): Promise<HttpResponse> {
  return write(request, principal, replies);
}

interface Asked {
  request: HttpRequest;
  principal: Principal;
  prefer: Preferences;
  query: Query;
}

async function write<S extends Shelf>(
  request: HttpRequest,
  principal: Principal,
  writing: Writing<S>,
): Promise<HttpResponse> {
  const prefer = parsePrefer(request.headers['prefer']);
  if (!prefer.ok) return respondProblem(prefer.problem);
  const parsed = parseQuery(request.rawQuery, tables[writing.table]);
  if (!parsed.ok) return respondProblem(parsed.problem);
  const asked = { request, principal, prefer: prefer.value, query: parsed.query };
  if (request.method === 'POST') return create(asked, writing);
  if (request.rawQuery === '')
    return problemResponse({ status: 400, code: '21000', message: 'An update or a delete needs a filter' });
  return request.method === 'DELETE' ? remove(asked, writing) : change(asked, writing);
}

/** 201 with the row; with a list of one where PostgREST's clients ask for rows. */
async function create<S extends Shelf>(asked: Asked, { create: add, row }: Writing<S>): Promise<HttpResponse> {
  const body = jsonBody(asked.request);
  const [only, ...more] = Array.isArray(body) ? (body as unknown[]) : [body];
  if (more.length > 0)
    return problemResponse({ status: 400, code: 'PGRST102', message: 'Entries are added one at a time' });
  const created = await add(asked.principal, only);
  if (!created.ok) return problemResponse(created.problem);
  if (asked.prefer.return === undefined) return json(201, row(created.value));
  return { ...rowsOf(asked, [row(created.value)]), statusCode: 201 };
}

async function change<S extends Shelf>(asked: Asked, writing: Writing<S>): Promise<HttpResponse> {
  const found = await entriesOf(asked, writing);
  if (!found.ok) return problemResponse(found.problem);
  const body = jsonBody(asked.request);
  const rows: Row[] = [];
  for (const entry of found.value) {
    const changed = await writing.change(entry, body);
    if (!changed.ok) return problemResponse(changed.problem);
    rows.push(writing.row(changed.value));
  }
  return asked.prefer.return === 'representation' ? rowsOf(asked, rows) : { statusCode: 204 };
}

async function remove<S extends Shelf>(asked: Asked, writing: Writing<S>): Promise<HttpResponse> {
  const found = await entriesOf(asked, writing);
  if (!found.ok) return problemResponse(found.problem);
  const rows: Row[] = [];
  for (const entry of found.value) if (await removeEntry(writing.shelf, entry)) rows.push(writing.row(entry));
  return asked.prefer.return === 'representation' ? rowsOf(asked, rows) : { statusCode: 204 };
}

/** The entries that the filter finds, as they are now. */
async function entriesOf<S extends Shelf>(
  { principal, query, prefer }: Asked,
  { table, shelf }: Writing<S>,
): Promise<Result<Entry<S>[]>> {
  const found = await list(principal.organizationId, table, selectionOf(query, prefer));
  if (!found.ok) return found;
  const ids = found.value.rows.map((row) => String(row['id']));
  const entries = await Promise.all(ids.map((id) => findEntry(shelf, principal.organizationId, id)));
  return { ok: true, value: entries.filter((entry) => entry !== undefined) };
}

function rowsOf({ request, prefer, query }: Asked, rows: Row[]): HttpResponse {
  return respond({ rows }, { method: request.method, accept: request.headers['accept'], prefer, query });
}
