import type { AccountNews } from '../../channels/contract.ts';
import type { Finding } from '../../domain/account-health.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { learn } from './health.ts';

/** What a webhook told of the account itself changes how it does; told again it changes nothing. */
export async function applyAccountNews(account: ChannelAccount, news: AccountNews): Promise<void> {
  await learn(account, findingOf(news), Date.now());
}

function findingOf(news: AccountNews): Finding {
  switch (news.about) {
    case 'session':
      return { about: 'session', session: news.state, ...noteOf(news) };
    case 'auth':
      return { about: 'credentials', ok: news.ok, ...noteOf(news) };
    case 'quality':
    case 'history':
      return { about: news.about, detail: news.detail };
  }
}

function noteOf({ detail, code }: { detail?: string; code?: string }): { detail?: string; code?: string } {
  return compact({ detail, code });
}
