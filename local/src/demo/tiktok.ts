import { randomBytes } from 'node:crypto';
import { newChannelAccountId } from '@parley/core/domain/id.ts';
import type { ChannelAccountId } from '@parley/core/domain/id.ts';
import { token } from './token.ts';

/** What an application at TikTok signs webhooks with. */
export interface TiktokApp {
  client_key: string;
  client_secret: string;
}

export interface DemoTiktok extends TiktokApp {
  id: ChannelAccountId;
  name: string;
  external_id: string;
  channel: 'tiktok';
  access_token: string;
  refresh_token: string;
}

export function tiktokApp(): TiktokApp {
  return { client_key: `aw${randomBytes(7).toString('hex')}`, client_secret: randomBytes(16).toString('hex') };
}

/** The organization's TikTok Business Account. */
export function tiktok(name: string, app: TiktokApp): DemoTiktok {
  return {
    id: newChannelAccountId(),
    channel: 'tiktok',
    name,
    external_id: `_000${token()}`,
    ...app,
    access_token: `act.${token()}`,
    refresh_token: `rft.${token()}`,
  };
}

export function tiktokCredentials({ access_token, refresh_token, client_secret }: DemoTiktok): Record<string, string> {
  return { access_token, refresh_token, client_secret };
}
