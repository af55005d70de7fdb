import * as v from 'valibot';
import type { Manifest } from '../../channels/contract.ts';
import { manifestOf, manifests } from '../../channels/manifests.ts';
import { object, oneOf, text } from '../../domain/fields.ts';
import { deleteApp, listApps as listAll } from '../../store/apps.ts';
import { saveApp as store } from '../../store/sealed-account.ts';
import { done, fail, readCommand } from './command.ts';
import type { Outcome } from './command.ts';

const signing = manifests.filter(({ signedBy }) => signedBy === 'app');
const channel = oneOf(signing.map(({ name }) => name));
const one = object({ channel, app_id: text(1, 200) });

/** An application as a command answers it. Its secrets are told to nobody. */
export interface AppRow {
  channel: string;
  app_id: string;
}

/**
 * Tells the deployment of an application at a provider that signs its accounts' webhooks, or changes its secrets. While a provider is changed over,
 * `former_secrets` are good as well.
 */
export async function saveApp(fields: unknown): Promise<Outcome<{ app: AppRow }>> {
  const named = readCommand(v.looseObject({ channel }), fields);
  if (!named.ok) return named;
  const manifest = manifestOf(named.value.channel);
  const read = readCommand(appOf(manifest), fields);
  if (!read.ok) return read;
  const { channel: name, app_id: id, secrets, former_secrets: former } = read.value;
  await store({ channel: name, id, secrets: former ? [former, secrets] : [secrets] });
  return done({ app: { channel: name, app_id: id } });
}

export async function listApps(fields: unknown): Promise<Outcome<{ apps: AppRow[] }>> {
  const read = readCommand(object({}), fields);
  if (!read.ok) return read;
  const apps = await Promise.all(signing.map(({ name }) => listAll(name)));
  return done({ apps: apps.flat().map(({ channel: name, id }) => ({ channel: name, app_id: id })) });
}

/** What it signs is refused from then on. */
export async function removeApp(fields: unknown): Promise<Outcome<{ removed: string }>> {
  const read = readCommand(one, fields);
  if (!read.ok) return read;
  const { channel: name, app_id: id } = read.value;
  if (await deleteApp(name, id)) return done({ removed: id });
  return fail('not_found', `'app_id': the deployment has no application '${id}' of ${name}`);
}

function appOf({ appSecrets = [] }: Manifest) {
  const secret = text(1, 1000);
  const members = appSecrets.map((name) =>
    name.endsWith('?') ? [name.slice(0, -1), v.optional(secret)] : [name, secret],
  );
  const secrets = object(Object.fromEntries(members) as Record<string, typeof secret>) as v.GenericSchema<
    unknown,
    Record<string, string>
  >;
  return object({ channel, app_id: text(1, 200), secrets, former_secrets: v.optional(secrets) });
}
