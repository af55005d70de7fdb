import type { MediaKind } from './body.ts';
import { kindOfType, takesType } from './media-types.ts';

/** What a channel takes of each kind, as its capabilities have it. */
export type MediaLimits = { [kind in MediaKind]?: { types: string[]; maxBytes: number; maxSide?: number } };

/** What is known of a file. */
export interface KnownFile {
  kind: MediaKind;
  mime: string;
  size?: number;
  width?: number;
  height?: number;
  /** it can't be converted: it moves, or can't be read */
  fixed?: boolean;
}

/** What a picture has to become. */
export interface Conversion {
  types: PictureType[];
  maxBytes: number;
  maxSide?: number;
}

/** What pictures are converted into. */
export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

/** How a file goes: as it is or converted, as its own kind or another; or why it can't go at all. */
export type Fit =
  | { ok: true; kind: MediaKind; convert?: Conversion; degraded?: string }
  | { ok: false; reason: string };

const CONVERTIBLE = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/tiff'];
const TARGETS = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** The best way for a file through a channel: as it is; a picture converted; as another kind; or not at all. `label`: the channel's name. */
export function fit(file: KnownFile, limits: MediaLimits, label: string): Fit {
  for (const kind of new Set<MediaKind>([file.kind, kindOfType(file.mime), 'document'])) {
    const convert = isTaken(file, kind, limits) ? undefined : conversionOf(file, kind, limits);
    if (!convert && !isTaken(file, kind, limits)) continue;
    const degraded = kind === file.kind ? {} : { degraded: `Sent as ${kind}: ${why(file, limits, label)}.` };
    return { ok: true, kind, ...degraded, ...(convert && { convert }) };
  }
  return { ok: false, reason: `${why(file, limits, label)}; it takes ${listOf(limits)}` };
}

/** What a channel takes, in words: `image (image/jpeg, image/png; 5 MB)`. */
export function listOf(limits: MediaLimits): string {
  const kinds = Object.entries(limits).map(
    ([kind, { types, maxBytes }]) =>
      `${kind} (${types.includes('*') ? 'any type' : types.join(', ')}; ${size(maxBytes)})`,
  );
  return kinds.join(', ') || 'no files';
}

function isConvertible({ mime, fixed }: KnownFile): boolean {
  return fixed !== true && takesType(CONVERTIBLE, mime);
}

function isTaken(file: KnownFile, kind: MediaKind, limits: MediaLimits): boolean {
  const limit = limits[kind];
  if (!limit || !takesType(limit.types, file.mime)) return false;
  if (file.size !== undefined && file.size > limit.maxBytes) return false;
  return Math.max(file.width ?? 0, file.height ?? 0) <= (limit.maxSide ?? Number.POSITIVE_INFINITY);
}

function conversionOf(file: KnownFile, kind: MediaKind, limits: MediaLimits): Conversion | undefined {
  const limit = limits[kind];
  if (!limit || (kind !== 'image' && kind !== 'sticker') || !isConvertible(file)) return undefined;
  const types = TARGETS.filter((target) => takesType(limit.types, target));
  if (types.length === 0) return undefined;
  const { maxBytes, maxSide } = limit;
  return { types, maxBytes, ...(maxSide !== undefined && { maxSide }) };
}

function why(file: KnownFile, limits: MediaLimits, label: string): string {
  const limit = limits[file.kind];
  if (!limit) return `${label} takes no ${file.kind} files`;
  if (!takesType(limit.types, file.mime)) return `${label} does not take ${file.mime} as ${file.kind}`;
  if (file.size !== undefined && file.size > limit.maxBytes)
    return `${label} takes ${file.kind} files of at most ${size(limit.maxBytes)}, and this one has ${size(file.size)}`;
  return `${label} takes pictures of at most ${limit.maxSide} pixels a side`;
}

function size(bytes: number): string {
  const MB = 1024 * 1024;
  return bytes >= MB ? `${Number((bytes / MB).toFixed(1))} MB` : `${Math.ceil(bytes / 1024)} KB`;
}
