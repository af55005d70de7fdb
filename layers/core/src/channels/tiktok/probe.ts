import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Probe } from '../contract.ts';
import { compact } from '../shared/read.ts';
import { business, tokenInfo } from './api.ts';
import { callAsApp, readTiktok } from './call.ts';
import type { Credentials } from './credentials.ts';
import { readAnswer } from './errors.ts';
import { callbackUrlOf } from './subscribe.ts';
import { lackOf, scopesOf } from './token.ts';

type Account = ConnectedAccount<Credentials>;

/** What the token is good for, whose it is, and where its webhooks go. When it runs out TikTok says only when it is given. */
export async function probe(account: Account): Promise<Probe> {
  const { access_token } = account.credentials;
  const told = { app_id: account.appId, access_token };
  const info = readAnswer(await callAsApp(account, 'tt_user/token_info/get/', told), tokenInfo);
  if (!info.ok) return info;
  const { creator_id, scope } = info.value.data;
  const scopes = scopesOf(scope);
  const lack = scope === undefined ? undefined : lackOf(scopes);
  if (lack) return { ok: false, error: lack };
  const externalId = account.externalId || creator_id;
  const [who, url] = await Promise.all([nameOf(account, externalId ?? ''), callbackUrlOf(account)]);
  const webhook = url === '' ? 'none' : url;
  const facts = { username: who?.username && `@${who.username}`, webhook, scopes: scopes.join(', ') };
  return { ok: true, ...compact({ externalId, name: who?.name }), facts: compact(facts) };
}

/** What a business goes by. Undefined when TikTok does not say. */
export async function nameOf(
  account: Pick<Account, 'baseUrl' | 'credentials'>,
  business_id: string,
): Promise<{ name: string | undefined; username: string | undefined } | undefined> {
  const query = { business_id, fields: JSON.stringify(['username', 'display_name']) };
  const answer = readAnswer(await readTiktok(account, 'business/get/', query), business);
  if (!answer.ok) return undefined;
  const { username, display_name } = answer.value.data;
  return { name: display_name ?? username, username };
}
