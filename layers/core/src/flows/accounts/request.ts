import * as v from 'valibot';
import { manifestOf } from '../../channels/manifests.ts';
import { accountSettings } from '../../domain/account-settings.ts';
import type { AccountSettings } from '../../domain/account-settings.ts';
import type { ChannelName } from '../../domain/channel.ts';
import { compact } from '../../domain/compact.ts';
import { anyObject, object, oneOf, text } from '../../domain/fields.ts';
import { readOrRefuse } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { problemWithServer } from '../../store/deployment.ts';
import { channelField } from '../channel-field.ts';

/** What a person says of an account to connect. */
export interface NewAccount {
  channel: ChannelName;
  name?: string;
  externalId?: string;
  credentials: unknown;
  settings?: AccountSettings;
  baseUrl?: string;
  appId?: string;
  /** false: it is taken without asking the provider */
  probe: boolean;
}

/** What a person may change of a channel account. */
export interface AccountChange {
  name?: string;
  status?: 'Active' | 'Inactive';
  settings?: AccountSettings;
  credentials?: unknown;
  baseUrl?: string;
  probe: boolean;
}

const common = {
  name: v.optional(text(1, 100)),
  settings: v.optional(accountSettings),
  base_url: v.optional(text(1, 500)),
  probe: v.optional(v.boolean('must be true or false')),
};

const creation = object({
  channel: channelField,
  credentials: anyObject(),
  external_id: v.optional(text(1, 200)),
  app_id: v.optional(text(1, 200)),
  ...common,
});

const change = object({
  status: v.optional(oneOf(['Active', 'Inactive'])),
  credentials: v.optional(anyObject()),
  ...common,
});

/** Reads the JSON of a new account. The refusal names the field and its limit. */
export async function parseNewAccount(json: unknown): Promise<Result<NewAccount>> {
  const read = readOrRefuse(creation, json);
  if (!read.ok) return read;
  const { channel, external_id, app_id, credentials, ...rest } = read.value;
  const common = await commonOf(rest, channel);
  if (!common.ok) return common;
  return ok({
    ...common.value,
    channel,
    credentials,
    ...compact({ externalId: external_id, appId: app_id }),
  });
}

/** Reads the JSON of a change of accounts of a channel; of whichever, where they are of several. */
export async function parseAccountChange(
  json: unknown,
  channel: ChannelName | undefined,
): Promise<Result<AccountChange>> {
  const read = readOrRefuse(change, json);
  if (!read.ok) return read;
  const { status, credentials, ...rest } = read.value;
  const common = await commonOf(rest, channel);
  if (!common.ok) return common;
  return ok({
    ...common.value,
    ...compact({ status, credentials }),
  });
}

interface Common {
  name?: string | undefined;
  settings?: AccountSettings | undefined;
  base_url?: string | undefined;
  probe?: boolean | undefined;
}

async function commonOf({ name, settings, base_url, probe = true }: Common, channel: ChannelName | undefined) {
  const problem = base_url === undefined ? undefined : await serverProblem(base_url, channel);
  if (problem !== undefined) return wrong('base_url', problem);
  return ok({
    probe,
    ...compact({ name, settings, baseUrl: base_url?.replace(/\/+$/, '') }),
  });
}

async function serverProblem(url: string, channel: ChannelName | undefined): Promise<string | undefined> {
  const manifest = channel === undefined ? undefined : manifestOf(channel);
  if (!manifest?.ownServer) return 'only an account with a server of its own has one';
  return problemWithServer(url, manifest.baseUrl);
}

function wrong(field: string, words: string) {
  return refuse(400, 'invalid_field', `'${field}': ${words}`, { details: field });
}
