import type { Context } from 'aws-lambda';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { log } from '@parley/core/edge/log.ts';
import type { Outcome } from '@parley/core/flows/access/command.ts';

/** What may take a while stops so long (ms) before the function's time is up. */
const RESERVE_MS = 15_000;

type Command = (fields: unknown, context: Context) => Promise<Outcome<object>>;

const organizations = () => import('@parley/core/flows/access/organizations.ts');
const apiKeys = () => import('@parley/core/flows/access/api-keys.ts');
const users = () => import('@parley/core/flows/access/users.ts');
const apps = () => import('@parley/core/flows/access/apps.ts');

/** Everything that an administrator can ask for, by its name. */
export const commands: Record<string, Command> = {
  create_organization: async (fields) => (await organizations()).createOrganization(fields),
  list_organizations: async (fields) => (await organizations()).listOrganizations(fields),
  rename_organization: async (fields) => (await organizations()).renameOrganization(fields),
  create_api_key: async (fields) => (await apiKeys()).createApiKey(fields),
  list_api_keys: async (fields) => (await apiKeys()).listApiKeys(fields),
  revoke_api_key: async (fields) => (await apiKeys()).revokeApiKey(fields),
  create_user: async (fields) => (await users()).createUser(fields),
  list_users: async (fields) => (await users()).listUsers(fields),
  reset_password: async (fields) => (await users()).resetPassword(fields),
  remove_user: async (fields) => (await users()).removeUser(fields),
  save_app: async (fields) => (await apps()).saveApp(fields),
  list_apps: async (fields) => (await apps()).listApps(fields),
  remove_app: async (fields) => (await apps()).removeApp(fields),
  reprocess_quarantined: reprocess,
};

/** What failed is told by the ids of quarantined elements, with an error's name; the log has where it went wrong. */
async function reprocess(fields: unknown, context: Context): ReturnType<Command> {
  const { reprocessQuarantined } = await import('@parley/core/flows/receive/reprocess.ts');
  const deadline = Date.now() + context.getRemainingTimeInMillis() - RESERVE_MS;
  const done = await reprocessQuarantined(loadChannel, fields, deadline);
  if (!done.ok) return done;
  const { failures, ...counts } = done.value;
  for (const { id, error } of failures) log.error('not reprocessed', { requestId: context.awsRequestId, id, error });
  const failed = failures.map(({ id, error }) => [id, error instanceof Error ? error.name : typeof error]);
  return { ok: true, value: { ...counts, failed: Object.fromEntries(failed) } };
}
