import { isHeld } from '../../domain/account-health.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { channelAccountRow } from '../../domain/account-rows.ts';
import { findActivity } from '../../store/account-activity.ts';
import type { TableChange } from '../../store/stream-records.ts';
import type { News } from '../project/push.ts';
import { resume } from './hold.ts';

/** What follows from changes of accounts: messages that waited for one go on, and clients are told what they can see of it. */
export async function projectAccounts(changes: TableChange[]): Promise<News[]> {
  const news: News[] = [];
  for (const change of changes.filter((one) => one.kind === 'account')) {
    const { before, after } = change;
    if (before && isHeld(before) && !isHeld(after)) await resume(after);
    if (!before || visiblePart(before) !== visiblePart(after)) news.push(await accountNews(after));
  }
  return news;
}

async function accountNews(account: ChannelAccount): Promise<News> {
  const activity = await findActivity(account.organizationId, account.id);
  return {
    change: { type: 'channel_account.updated', accountId: account.id },
    row: channelAccountRow(account, activity),
  };
}

/** Without when it was last written or looked at. */
function visiblePart(account: ChannelAccount): string {
  const { health } = account;
  const seen = health && { ...health, checkedAt: 0 };
  return JSON.stringify(channelAccountRow({ ...account, updatedAt: 0, ...(seen ? { health: seen } : {}) }));
}
