import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';

const VICTORY_LINK = 'https://smsvas.vlserv.com';

/** Where an account's API is, without a closing slash. The manifest names Notify's: VictoryLink has its own, unless something stands in for both. */
export function serverOf({ baseUrl, credentials }: ConnectedAccount<Credentials>): string {
  const isUsual = credentials.kind === 'victorylink' && baseUrl === manifest.baseUrl;
  return (isUsual ? VICTORY_LINK : baseUrl).replace(/\/+$/, '');
}
