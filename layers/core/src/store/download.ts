import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { get as httpGet } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { get as httpsGet } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';

export interface DownloadOptions {
  headers: Record<string, string>;
  /** the provider's own server: the one place that may lie on a private address */
  trustedOrigin: string;
  mostBytes: number;
}

export type Download =
  | { ok: true; stream: Readable; mime: string | undefined }
  | { ok: false; permanent: boolean; reason: string };

const TIMEOUT_MS = 60_000;
const MOST_REDIRECTS = 3;

/**
 * Opens a file that a webhook pointed to. The address is untrusted: it is checked when it is dialled, after DNS has answered, so a name that resolves
 * to a private address, or changes its mind between check and connection, gets nowhere. Headers are not sent on to another origin.
 */
export async function download(address: string, options: DownloadOptions, redirects = 0): Promise<Download> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const trusted = url?.origin === options.trustedOrigin;
  if (!url || (url.protocol !== 'https:' && !trusted)) return refused('the address is not https');
  if (!trusted && isIP(bare(url.hostname)) && isPrivate(bare(url.hostname)))
    return refused('the address is not public');
  try {
    const response = await open(url, trusted, options.headers);
    return await read(response, url, options, redirects);
  } catch (error) {
    if (error instanceof PrivateAddress) return refused(error.message);
    return { ok: false, permanent: false, reason: error instanceof Error ? error.message : 'no connection' };
  }
}

async function read(
  response: IncomingMessage,
  url: URL,
  options: DownloadOptions,
  redirects: number,
): Promise<Download> {
  const status = response.statusCode ?? 0;
  const location = response.headers.location;
  if (status >= 300 && status < 400 && location) {
    response.destroy();
    if (redirects === MOST_REDIRECTS) return refused('too many redirects');
    const next = new URL(location, url);
    const headers = next.origin === url.origin ? options.headers : {};
    return download(next.href, { ...options, headers }, redirects + 1);
  }
  if (status !== 200) {
    response.destroy();
    return { ok: false, permanent: status === 404 || status === 410, reason: `the provider answered ${status}` };
  }
  if (Number(response.headers['content-length'] ?? 0) > options.mostBytes) {
    response.destroy();
    return refused(`the file is larger than ${options.mostBytes} bytes`);
  }
  return {
    ok: true,
    stream: bounded(response, options.mostBytes),
    mime: response.headers['content-type']?.split(';')[0]?.trim(),
  };
}

function refused(reason: string): Download {
  return { ok: false, permanent: true, reason };
}

/** A server may send more than it announced, or announce nothing. */
function bounded(response: IncomingMessage, mostBytes: number): Readable {
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > mostBytes ? new Error(`the file is larger than ${mostBytes} bytes`) : null, chunk);
    },
  });
  response.once('error', (error) => limit.destroy(error));
  return response.pipe(limit);
}

function open(url: URL, trusted: boolean, headers: Record<string, string>): Promise<IncomingMessage> {
  const options: RequestOptions = {
    headers,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(trusted ? {} : { lookup: publicLookup }),
  };
  return new Promise((resolve, reject) => {
    (url.protocol === 'https:' ? httpsGet : httpGet)(url, options, resolve).once('error', reject);
  });
}

class PrivateAddress extends Error {}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error || !first) callback(error ?? new Error('no address'), '', 0);
    else if (addresses.some(({ address }) => isPrivate(address)))
      callback(new PrivateAddress('the address is not public'), '', 0);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** Special-purpose ranges of the IANA registries (RFC 6890) that a provider's file never lies in. */
const privateRanges = new BlockList();
for (const [range, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateRanges.addSubnet(range, bits, 'ipv4');
}
for (const [range, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateRanges.addSubnet(range, bits, 'ipv6');
}

/** An IPv4 address inside an IPv6 one (::ffff:127.0.0.1) is matched as the IPv4 address it is. */
function isPrivate(address: string): boolean {
  return privateRanges.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
