import { randomBytes } from 'node:crypto';
import { newChannelAccountId } from '@parley/core/domain/id.ts';
import type { ChannelAccountId } from '@parley/core/domain/id.ts';

/** What an application at Meta signs webhooks with. */
export interface MetaApp {
  app_id: string;
  app_secret: string;
  verify_token: string;
}

interface Common extends MetaApp {
  id: ChannelAccountId;
  name: string;
  external_id: string;
  access_token: string;
}

export type DemoMessenger = Common & { channel: 'messenger' };

export type DemoInstagram = Common & { channel: 'instagram' } & (
    | { login: 'instagram' }
    | { login: 'facebook'; page_id: string }
  );

/** The organization's Facebook page. */
export function messenger(name: string, app: MetaApp): DemoMessenger {
  return { ...common(name, app), channel: 'messenger', external_id: digits('10', 15), access_token: token('EAA') };
}

/** Its Instagram account, connected by itself: then the app's Instagram secret signs. */
export function instagram(name: string, app: MetaApp): DemoInstagram {
  return {
    ...common(name, app),
    channel: 'instagram',
    login: 'instagram',
    external_id: digits('17841', 17),
    access_token: token('IGAA'),
  };
}

/** Its Instagram account, connected through the page it is linked to. */
export function instagramOfPage(name: string, app: MetaApp): DemoInstagram {
  return {
    ...common(name, app),
    channel: 'instagram',
    login: 'facebook',
    external_id: digits('17841', 17),
    page_id: digits('10', 15),
    access_token: token('EAA'),
  };
}

function common(name: string, { app_id, app_secret, verify_token }: MetaApp) {
  return { id: newChannelAccountId(), name, app_id, app_secret, verify_token };
}

function token(start: string): string {
  return start + randomBytes(24).toString('base64url');
}

function digits(start: string, length: number): string {
  return start + Array.from(randomBytes(length - start.length), (byte) => byte % 10).join('');
}
