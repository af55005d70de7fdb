import { createHash, randomInt } from 'node:crypto';
import type { State } from './state.ts';

/** A file a provider keeps: what a customer sent or a business uploaded. */
export interface StoredMedia {
  id: string;
  mime: string;
  filename: string | null;
  bytes: Buffer;
  /** hex */
  sha256: string;
  /** ms */
  at: number;
  /** the account it belongs to, by external id */
  account: string;
}

export interface MediaStore {
  put(media: { mime: string; filename?: string | undefined; bytes: Buffer; account: string; id?: string }): StoredMedia;
  get(id: string): StoredMedia | undefined;
  remove(id: string): void;
}

/** Keeps a provider's newest files. */
export function createMediaStore(state: State, channel: string, now: () => number): MediaStore {
  const shelf = `files ${channel}`;
  return {
    put: ({ id = newMediaId(), mime, filename, bytes, account }) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const media = { id, mime, filename: filename ?? null, sha256, at: now(), account };
      state.put(shelf, id, { ...media, base64: bytes.toString('base64') });
      state.keepNewest(shelf, mostFiles);
      return { ...media, bytes };
    },
    get: (id) => {
      const kept = state.get(shelf, id) as (Omit<StoredMedia, 'bytes'> & { base64: string }) | undefined;
      if (!kept) return undefined;
      const { base64, ...media } = kept;
      return { ...media, bytes: Buffer.from(base64, 'base64') };
    },
    remove: (id) => state.remove(shelf, id),
  };
}

const mostFiles = 500;

/** Where a phones page shows a kept file from: a path, so that it holds wherever the server listens. */
export function keptUrl(base: string, id: string): string {
  return `${new URL(base).pathname}/files/${encodeURIComponent(id)}`;
}

/** The kept file a message's URL leads to. */
export function keptAt(media: MediaStore, url: string | undefined): StoredMedia | undefined {
  return media.get(decodeURIComponent(/\/files\/([^/]+)$/.exec(url ?? '')?.[1] ?? ''));
}

type Loaded = { ok: true; bytes: Buffer; mime: string } | { ok: false; reason: string };

/** Reads a `data:` or http(s) URL. */
export async function load(url: string): Promise<Loaded> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(10_000),
      headers: { 'user-agent': 'parley-providers' },
    });
    if (!response.ok) return { ok: false, reason: `HTTP ${response.status}` };
    return { ok: true, bytes: Buffer.from(await response.arrayBuffer()), mime: mimeOf(response) };
  } catch (error) {
    return { ok: false, reason: String(error) };
  }
}

/**
 * What a provider finds behind a link it was given. Only links to this machine are opened: the pretend provider
 * makes no calls to the world, so any other link counts as good.
 */
export async function follow(link: string): Promise<Loaded | undefined> {
  return isLoopback(link) ? load(link) : undefined;
}

export function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

export function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function mimeOf(response: Response): string {
  return (response.headers.get('content-type') ?? 'application/octet-stream').split(';')[0]?.trim() ?? '';
}

/** A one-pixel PNG. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What a phone sends when it is told to send a file but given none. */
export const samples = {
  image: { mime: 'image/png', filename: 'photo.png', bytes: pixel },
  sticker: {
    mime: 'image/webp',
    filename: 'sticker.webp',
    bytes: Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\x0e\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0', 'latin1'),
  },
  video: {
    mime: 'video/mp4',
    filename: 'video.mp4',
    bytes: Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
  },
  audio: { mime: 'audio/ogg', filename: 'voice.ogg', bytes: Buffer.from('OggS\0\x02\0\0\0\0\0\0\0\0', 'latin1') },
  document: {
    mime: 'application/pdf',
    filename: 'document.pdf',
    bytes: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'),
  },
} as const;

/** Sixteen digits, as Meta's media ids are. */
function newMediaId(): string {
  return `${randomInt(1, 10)}${String(randomInt(0, 1e14)).padStart(15, '0')}`;
}
