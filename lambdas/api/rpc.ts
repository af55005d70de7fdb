import { loadChannel } from '@parley/core/channels/registry.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import { optOutRow } from '@parley/core/domain/opt-out.ts';
import { conversationRow, messageRow, uploadRow } from '@parley/core/domain/rows.ts';
import { json, jsonBody, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { createUpload } from '@parley/core/flows/media/create-upload.ts';
import { markRead } from '@parley/core/flows/acts/mark-read.ts';
import { optIn, optOut } from '@parley/core/flows/opt-outs/opt-out.ts';
import { cancel, reschedule } from '@parley/core/flows/schedule/scheduled.ts';
import { previewMessage } from '@parley/core/flows/templates/preview.ts';
import { retry } from '@parley/core/flows/deliver/retry.ts';
import { deleteMessage, editMessage } from '@parley/core/flows/acts/revise.ts';
import { syncTemplates } from '@parley/core/flows/templates/sync.ts';
import { showTyping } from '@parley/core/flows/acts/show-typing.ts';
import { signMedia } from '@parley/core/store/media-bucket.ts';
import { accountActions } from './account-actions.ts';
import { broadcastActions } from './broadcasts.ts';
import { seriesActions } from './series-actions.ts';
import { previewRow } from './preview-rows.ts';

/** What an action answers: a JSON value, or nothing. */
type Action = (principal: Principal, body: Record<string, unknown>) => Promise<Result<unknown>>;

/** `POST /rest/v1/rpc/{action}`: what is no row. */
const actions: Record<string, Action> = {
  mark_read: async (principal, body) => mapped(await markRead(loadChannel, principal, body), conversationRow),
  typing: (principal, body) => showTyping(loadChannel, principal, body),
  edit_message: async (principal, body) =>
    mapped(await editMessage(loadChannel, principal, body), (message) => messageRow(message, signMedia)),
  delete_message: async (principal, body) =>
    mapped(await deleteMessage(loadChannel, principal, body), (message) => messageRow(message, signMedia)),
  create_upload: async (principal, body) => mapped(createUpload(principal, body), uploadRow),
  ...accountActions,
  ...broadcastActions,
  retry_message: async (principal, body) =>
    mapped(await retry(principal, body), (message) => messageRow(message, signMedia)),
  cancel_message: async (principal, body) =>
    mapped(await cancel(principal, body), (message) => messageRow(message, signMedia)),
  reschedule_message: async (principal, body) =>
    mapped(await reschedule(principal, body), (message) => messageRow(message, signMedia)),
  opt_out: async (principal, body) => mapped(await optOut(loadChannel, principal, body), optOutRow),
  opt_in: async (principal, body) =>
    mapped(await optIn(loadChannel, principal, body), (lifted) => lifted.map(optOutRow)),
  preview_message: async (principal, body) =>
    mapped(await previewMessage(loadChannel, principal, body), (previews) => previews.map(previewRow)),
  ...seriesActions,
  sync_templates: (principal, body) => syncTemplates(loadChannel, principal, body),
};

export async function rpc(request: HttpRequest, principal: Principal, name: string): Promise<HttpResponse> {
  if (request.method !== 'POST')
    return problemResponse({ status: 405, code: 'PGRST101', message: 'Actions are called with POST' });
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) return problemResponse({ status: 404, code: 'PGRST202', message: `There is no action '${name}'` });
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return problemResponse({ status: 400, code: 'PGRST102', message: 'The body must be a JSON object' });
  const done = await action(principal, body as Record<string, unknown>);
  if (!done.ok) return problemResponse(done.problem);
  return done.value === undefined ? { statusCode: 204 } : json(200, done.value);
}

function mapped<T>(result: Result<T>, row: (value: T) => unknown): Result<unknown> {
  return result.ok ? { ok: true, value: row(result.value) } : result;
}
