import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Probe } from '../contract.ts';
import { compact, readAs } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { nameOf } from './address.ts';
import { botAnswer, webhookAnswer } from './api.ts';
import { callBot } from './call.ts';
import type { Credentials } from './credentials.ts';
import { doneOf, unanswered } from './errors.ts';

type Account = ConnectedAccount<Credentials>;

/** `getMe` says whether the token is good, `getWebhookInfo` how the webhook does. */
export async function probe(account: Account): Promise<Probe> {
  const answer = await callBot(account, { method: 'getMe', parameters: {} });
  const done = doneOf(answer);
  if (!done.ok) return done;
  const bot = answer.kind === 'answer' ? readAs(botAnswer, answer.json)?.result : undefined;
  if (!bot) return { ok: false, error: unanswered };
  const { id, username, can_read_all_group_messages: all, can_connect_to_business: business } = bot;
  const facts = {
    username: username && `@${username}`,
    reads_groups: all === undefined ? undefined : all ? 'every message' : 'commands and replies',
    business_accounts: business === undefined ? undefined : business ? 'yes' : 'no',
    ...(await webhookFacts(account)),
  };
  return { ok: true, externalId: String(id), ...compact({ name: nameOf(bot) }), facts: compact(facts) };
}

async function webhookFacts(account: Account): Promise<Record<string, string | undefined>> {
  const answer = await callBot(account, { method: 'getWebhookInfo', parameters: {} });
  const info = answer.kind === 'answer' ? readAs(webhookAnswer, answer.json)?.result : undefined;
  if (!info) return {};
  const { url, pending_update_count: pending, last_error_message, last_error_date } = info;
  const at = momentOf(last_error_date);
  return {
    webhook: url || 'none',
    pending_updates: pending === undefined ? undefined : String(pending),
    last_error: last_error_message,
    last_error_at: at === undefined ? undefined : new Date(at).toISOString(),
  };
}
