import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import type { Probe } from '../contract.ts';
import { compact } from '../shared/read.ts';
import { business, tokenInfo, webhookAnswer } from './api.ts';
import { callAsApp, readAsApp, readTiktok } from './call.ts';
import type { Credentials } from './credentials.ts';
import { readAnswer } from './errors.ts';
import { namesIn } from './look-up.ts';
import { conversationIn } from './request.ts';
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
  const [who, webhook] = await Promise.all([nameOf(account, externalId ?? ''), webhookOf(account)]);
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

/** Of someone whom a webhook did not name. */
export async function profile(who: Counterparty, account: Account): Promise<{ name?: string } | undefined> {
  const place = conversationIn(who);
  const user = who.identities.find(({ kind }) => kind === 'tiktok_user')?.value;
  const name = place === undefined || user === undefined ? undefined : (await namesIn(place, account)).get(user);
  return name === undefined ? undefined : { name };
}

async function webhookOf({ baseUrl, appId, credentials }: Account): Promise<string | undefined> {
  const { client_secret: secret } = credentials;
  if (appId === undefined || secret === undefined) return undefined;
  const query = { app_id: appId, secret, event_type: 'DIRECT_MESSAGE' };
  const answer = readAnswer(await readAsApp({ baseUrl }, 'business/webhook/list/', query), webhookAnswer);
  return answer.ok ? answer.value.data.callback_url || 'none' : undefined;
}
