import { get as httpGet } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { get as httpsGet } from 'node:https';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { PrivateAddress, publicLookup, refusePrivate } from './public-address.ts';
import type { Resolve } from './public-address.ts';

export interface DownloadOptions {
  headers: Record<string, string>;
  /** the provider's own server: the one place that may lie on a private address */
  trustedOrigin: string;
  mostBytes: number;
  /** from the first dial to the last byte */
  mostMs?: number;
  resolve?: Resolve;
}

export type Download =
  | { ok: true; stream: Readable; mime: string | undefined }
  /** `expired`: the link leads to the file no more; a fresh one may */
  | { ok: false; permanent: boolean; expired?: true; reason: string };

/** What a stream of a download ends with when it breaks off. */
export class BrokenOff extends Error {
  readonly permanent: boolean;

  constructor(reason: string, permanent: boolean) {
    super(reason);
    this.permanent = permanent;
  }
}

const MOST_MS = 120_000;
const SILENCE_MS = 20_000;
const MOST_REDIRECTS = 3;

/**
 * Opens a file that a webhook or a caller pointed to. The address is untrusted: it is checked when it is dialled, after DNS has answered. The whole
 * is bounded in bytes and time, and what goes wrong on the way ends the stream with BrokenOff. Headers are not sent on to another origin.
 */
export async function download(address: string, options: DownloadOptions): Promise<Download> {
  return follow(address, { ...options, signal: AbortSignal.timeout(options.mostMs ?? MOST_MS) }, 0);
}

type Running = DownloadOptions & { signal: AbortSignal };

async function follow(address: string, options: Running, redirects: number): Promise<Download> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const trusted = url?.origin === options.trustedOrigin;
  if (!url || (url.protocol !== 'https:' && !trusted)) return refused('the address is not https');
  try {
    if (!trusted) refusePrivate(url);
    return await read(await open(url, trusted, options), url, options, redirects);
  } catch (error) {
    if (error instanceof PrivateAddress) return refused(error.message);
    return { ok: false, permanent: false, reason: wordsOf(error, options) };
  }
}

async function read(response: IncomingMessage, url: URL, options: Running, redirects: number): Promise<Download> {
  const status = response.statusCode ?? 0;
  const location = response.headers.location;
  if (status >= 300 && status < 400 && location) {
    response.destroy();
    if (redirects === MOST_REDIRECTS) return refused('too many redirects');
    const next = new URL(location, url);
    const headers = next.origin === url.origin ? options.headers : {};
    return follow(next.href, { ...options, headers }, redirects + 1);
  }
  const announced = Number(response.headers['content-length'] ?? 0);
  if (status === 200 && announced <= options.mostBytes)
    return { ok: true, stream: bounded(response, options), mime: response.headers['content-type'] };
  response.destroy();
  return status === 200 ? refused(tooLarge(options)) : unavailable(status);
}

function unavailable(status: number): Download {
  const expired = [403, 404, 410].includes(status) ? ({ expired: true } as const) : {};
  return {
    ok: false,
    permanent: status === 404 || status === 410,
    reason: `the server answered ${status}`,
    ...expired,
  };
}

function refused(reason: string): Download {
  return { ok: false, permanent: true, reason };
}

/** A server may send more than it announced, or announce nothing, or pack it so that little becomes much. */
function bounded(response: IncomingMessage, options: Running): Readable {
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > options.mostBytes ? new BrokenOff(tooLarge(options), true) : null, chunk);
    },
  });
  const unpacked = unpacking(response.headers['content-encoding']);
  const parts = [response, ...unpacked];
  const fail = (error: unknown) => limit.destroy(new BrokenOff(wordsOf(error, options), false));
  for (const part of parts) part.once('error', fail);
  limit.once('close', () => parts.forEach((part) => part.destroy()));
  return unpacked.reduce<Readable>((from, to) => from.pipe(to), response).pipe(limit);
}

/** Nothing packed is asked for, but some servers pack all the same. */
function unpacking(encoding: string | undefined): Transform[] {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return [createGunzip()];
    case 'deflate':
      return [createInflate()];
    case 'br':
      return [createBrotliDecompress()];
    default:
      return [];
  }
}

function tooLarge({ mostBytes }: DownloadOptions): string {
  return `the file is larger than ${mostBytes} bytes`;
}

function wordsOf(error: unknown, { signal }: Running): string {
  if (signal.aborted) return 'the file took too long';
  return error instanceof Error ? error.message : 'no connection';
}

function open(url: URL, trusted: boolean, { headers, signal, resolve }: Running): Promise<IncomingMessage> {
  const options: RequestOptions = {
    headers: { 'accept-encoding': 'identity', ...headers },
    signal,
    timeout: SILENCE_MS,
    ...(trusted ? {} : { lookup: publicLookup(resolve) }),
  };
  return new Promise((opened, failed) => {
    const request = (url.protocol === 'https:' ? httpsGet : httpGet)(url, options, opened).once('error', failed);
    request.once('timeout', () => request.destroy(new Error(`the server was silent for ${SILENCE_MS / 1000} seconds`)));
  });
}
