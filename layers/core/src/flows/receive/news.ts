import type { Channel, InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { saveTemplateNews } from '../../store/templates.ts';
import { applyAccountNews } from '../accounts/news.ts';
import { receiveIdentity } from './identity.ts';
import { keepForLater } from './later.ts';
import { receiveName } from './name.ts';
import { receiveReachability } from './reachability.ts';
import { receiveRevision } from './revision.ts';

type News = Exclude<InboundEvent, { kind: 'message' | 'status' | 'watermark' | 'mail' | 'ignored' }>;

/** What a webhook tells beside messages and their statuses. */
export async function receiveNews(channel: Channel, event: News, account: ChannelAccount): Promise<void> {
  switch (event.kind) {
    case 'revision':
      return receiveRevision(channel, event, account);
    case 'identity':
      return receiveIdentity(event, account);
    case 'reachability':
      return receiveReachability(event, account);
    case 'account':
      return applyAccountNews(account, event.news);
    case 'template':
      return saveTemplateNews(account, event.template, event.stale);
    case 'name':
      return receiveName(event, account);
    case 'withheld':
    case 'history':
      return keepForLater(event, account);
  }
}
