import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { MediaLocation } from '../contract.ts';
import type { Credentials } from './credentials.ts';

/** The link of the webhook is all there is; GOWA's leads on from the gateway's address. The key goes along only to the gateway it belongs to. */
export function locateMedia(
  media: { providerMediaId?: string; link?: string },
  account: ConnectedAccount<Credentials>,
): Promise<MediaLocation> {
  const base = account.credentials.kind === 'notify' ? undefined : `${account.baseUrl}/`;
  const target = media.link === undefined ? null : URL.parse(media.link, base);
  if (!target) return Promise.resolve({ ok: false, permanent: true, reason: 'the file has no link' });
  const own = target.origin === URL.parse(account.baseUrl)?.origin;
  return Promise.resolve({ ok: true, url: target.href, headers: own ? keyOf(account.credentials) : {} });
}

function keyOf({ kind, api_key }: Credentials): Record<string, string> {
  switch (kind) {
    case 'notify':
      return {};
    case 'gateway':
      return { 'x-api-key': api_key };
    case 'evolution':
      return { apikey: api_key };
  }
}
