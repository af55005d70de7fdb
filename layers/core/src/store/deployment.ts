import { lookup } from 'node:dns';
import { publicLookup, refusePrivate } from './public-address.ts';

/**
 * Where a provider's API is in this deployment: at its public address, unless `PROVIDERS_URL` says that all providers stand in one
 * place, as on one machine; there each has a path of its channel's name, with the path of the public address after it.
 */
export function providerUrl({ name, baseUrl }: { name: string; baseUrl: string }): string {
  const place = process.env['PROVIDERS_URL'];
  return place && baseUrl.startsWith('http')
    ? `${place}/${name}${new URL(baseUrl).pathname.replace(/\/+$/, '')}`
    : baseUrl;
}

/** What is wrong, in words, with a server that a customer names for its account; undefined when it may be called. It must be reached over TLS at a public address, or on the machine where the deployment's providers are. */
export async function problemWithServer(text: string, like: string): Promise<string | undefined> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return 'must be a URL';
  if (url.username || url.password || url.search || url.hash)
    return 'must be an address without user, query and fragment';
  const place = process.env['PROVIDERS_URL'];
  if (place && url.hostname === new URL(place).hostname) return undefined;
  const schemes = like.startsWith('smtp') ? ['smtp:', 'smtps:'] : ['https:', new URL(like).protocol];
  if (!schemes.includes(url.protocol))
    return like.startsWith('smtp') ? 'must be an smtp:// or smtps:// address' : 'must be an https URL';
  return (await isPublic(url)) ? undefined : 'must lie at a public address';
}

async function isPublic(url: URL): Promise<boolean> {
  try {
    refusePrivate(url);
    await resolved(url.hostname.replace(/^\[|\]$/g, ''));
    return true;
  } catch {
    return false;
  }
}

function resolved(hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    publicLookup(lookup)(hostname, { all: true }, (error) => (error ? reject(error) : resolve()));
  });
}
