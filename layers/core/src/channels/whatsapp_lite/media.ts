import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { MediaLocation } from '../contract.ts';
import type { Credentials } from './credentials.ts';

/** The link of the webhook is all there is. The key goes along only to the gateway it belongs to. */
export function locateMedia(
  media: { providerMediaId?: string; link?: string },
  account: ConnectedAccount<Credentials>,
): Promise<MediaLocation> {
  const target = media.link === undefined ? null : URL.parse(media.link);
  if (!target) return Promise.resolve({ ok: false, permanent: true, reason: 'the file has no link' });
  const own = account.credentials.kind === 'gateway' && target.origin === URL.parse(account.baseUrl)?.origin;
  const headers: Record<string, string> = own ? { 'x-api-key': account.credentials.api_key } : {};
  return Promise.resolve({ ok: true, url: target.href, headers });
}
