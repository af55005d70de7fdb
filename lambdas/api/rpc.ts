import { ok } from '@parley/core/domain/problem.ts';
import { json, objectIn, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import type { Action } from './action.ts';

/** Every action, by the module that has it: that is loaded when one of its actions is first called. */
const actions: Record<string, () => Promise<Action>> = {
  ...from(() => import('./conversation-actions.ts'), 'mark_read', 'typing'),
  ...from(() => import('./revision-actions.ts'), 'edit_message', 'delete_message'),
  ...from(() => import('./outgoing-actions.ts'), 'retry_message', 'cancel_message', 'reschedule_message'),
  ...from(() => import('./upload-actions.ts'), 'create_upload'),
  ...from(() => import('./template-actions.ts'), 'preview_message', 'sync_templates'),
  ...from(() => import('./opt-out-actions.ts'), 'opt_out', 'opt_in'),
  ...from(
    () => import('./account-actions.ts'),
    'test_channel_account',
    'pair_channel_account',
    'logout_channel_account',
    'connect_channel',
    'finish_connection',
    'list_connectable_channels',
  ),
  ...from(
    () => import('./broadcast-actions.ts'),
    'start_broadcast',
    'pause_broadcast',
    'resume_broadcast',
    'cancel_broadcast',
    'export_broadcast',
    'retry_broadcast',
    'preview_broadcast',
  ),
  ...from(
    () => import('./series-actions.ts'),
    'pause_series',
    'resume_series',
    'edit_series',
    'skip_occurrence',
    'cancel_series',
  ),
};

function from<Name extends string>(load: () => Promise<{ actions: Record<Name, Action> }>, ...names: Name[]) {
  return Object.fromEntries(names.map((name) => [name, async () => (await load()).actions[name]]));
}

/** `POST /rest/v1/rpc/{action}`: what is no row. No body is one without fields, as in PostgREST. */
export async function rpc(request: HttpRequest, principal: Principal, name: string): Promise<HttpResponse> {
  if (request.method !== 'POST')
    return problemResponse({ status: 405, code: 'PGRST101', message: 'Actions are called with POST' });
  const load = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!load) {
    const hint = `Actions: ${Object.keys(actions).join(', ')}.`;
    return problemResponse({ status: 404, code: 'PGRST202', message: `There is no action '${name}'`, hint });
  }
  const body = request.body.length === 0 ? ok({}) : objectIn(request, 'PGRST102');
  if (!body.ok) return problemResponse(body.problem);
  const action = await load();
  const done = await action(principal, body.value);
  if (!done.ok) return problemResponse(done.problem);
  return done.value === undefined ? { statusCode: 204 } : json(200, done.value);
}
