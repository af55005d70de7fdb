import type { OrganizationId } from '@parley/core/domain/id.ts';
import { createApiKey } from '@parley/core/flows/access/api-keys.ts';
import { saveApp } from '@parley/core/flows/access/apps.ts';
import type { Outcome } from '@parley/core/flows/access/command.ts';
import { createOrganization, listOrganizations } from '@parley/core/flows/access/organizations.ts';
import { signIn } from '@parley/core/flows/access/sign-in.ts';
import { createUser, resetPassword } from '@parley/core/flows/access/users.ts';
import type { DemoAccount, DemoOrganization, DraftOrganization } from './organizations.ts';

/** The organization and its key, made as an administrator would make them, with a first start that was broken off behind them or not. */
export async function madeOf(draft: DraftOrganization | DemoOrganization): Promise<DemoOrganization> {
  if ('id' in draft) return draft;
  const { name, ...more } = draft;
  const id = await organizationCalled(name);
  const made = await createApiKey({ organization_id: id, name: 'Demo' });
  return { id: id as OrganizationId, name, api_key: valueOf(made).api_key.key, ...more };
}

/** Its users likewise. Who is new chooses their password when they first sign in. */
export async function makeUsers({ id, agents }: DemoOrganization): Promise<void> {
  await Promise.all(
    agents.map(async ({ email, password }) => {
      const user = { organization_id: id, email };
      const made = await createUser(user);
      const { temporary_password } = valueOf(made.ok ? made : await resetPassword(user));
      const session = await signIn('password', { email, password: temporary_password, new_password: password });
      if (!session.ok) throw new Error(`${email}: ${session.problem.message}`);
    }),
  );
}

/** An app signs for every organization that uses it, so it is told of once per channel. */
export async function saveApps(organizations: DraftOrganization[]): Promise<void> {
  const apps = new Map<string, { channel: string; app_id: string; secrets: Record<string, string> }>();
  for (const account of organizations.flatMap(({ channel_accounts }) => channel_accounts)) {
    const app = appOf(account);
    if (!app) continue;
    const known = apps.get(`${app.channel} ${app.app_id}`);
    apps.set(`${app.channel} ${app.app_id}`, { ...app, secrets: { ...known?.secrets, ...app.secrets } });
  }
  await Promise.all([...apps.values()].map(async (app) => valueOf(await saveApp(app))));
}

async function organizationCalled(name: string): Promise<string> {
  const made = await createOrganization({ name });
  if (made.ok) return made.value.organization.id;
  const { organizations } = valueOf(await listOrganizations({}));
  const there = organizations.find((each) => each.name === name);
  if (!there) throw new Error(made.message);
  return there.id;
}

/** What an account that is connected by itself is signed with belongs to the app's login with Instagram. */
function appOf(account: DemoAccount): { channel: string; app_id: string; secrets: Record<string, string> } | undefined {
  const { channel } = account;
  if (channel === 'tiktok')
    return { channel, app_id: account.client_key, secrets: { client_secret: account.client_secret } };
  if (!('app_id' in account)) return undefined;
  const { app_id, app_secret, verify_token } = account;
  if (channel !== 'instagram' || account.login === 'facebook')
    return { channel, app_id, secrets: { app_secret, verify_token } };
  const own = { instagram_app_id: app_id, instagram_app_secret: app_secret };
  return { channel, app_id, secrets: { verify_token, ...own } };
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}
