import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { isHttpUrl, isLoopback, keptUrl, load, type StoredMedia } from '../media.ts';
import type { Bot } from './bot.ts';
import { textOf, type Params } from './params.ts';
import { bad, type Refusal } from './reply.ts';

export type FileKind = 'photo' | 'video' | 'audio' | 'voice' | 'document' | 'sticker' | 'animation' | 'video_note';

/** A file a call sends, ready to be described in a Message. */
export interface SentFile {
  file_id: string;
  file_unique_id: string;
  mime: string;
  filename?: string;
  /** bytes; unknown for links nobody followed */
  size?: number;
  /** where a phones page shows it from */
  url: string;
}

const megabyte = 1024 * 1024;

/** Which content a link may lead to (Telegram refuses other types by URL). */
const linked: Record<FileKind, RegExp | undefined> = {
  photo: /^image\/(jpeg|png|webp|gif|bmp)$/,
  video: /^video\/mp4$/,
  audio: /^audio\/(mpeg|mp3|mp4|m4a|x-m4a)$/,
  voice: /^audio\/(ogg|mpeg|mp3|mp4|m4a|x-m4a)$/,
  document: /^(application\/(pdf|zip|x-zip-compressed)|image\/gif)$/,
  sticker: /^image\/webp$/,
  animation: /^(image\/gif|video\/mp4)$/,
  video_note: undefined,
};

const prefixes: Record<FileKind, string> = {
  photo: 'AgACAgQAAxk',
  video: 'BAACAgQAAxk',
  audio: 'CQACAgQAAxk',
  voice: 'AwACAgQAAxk',
  document: 'BQACAgQAAxk',
  sticker: 'CAACAgQAAxk',
  animation: 'CgACAgQAAxk',
  video_note: 'DQACAgQAAxk',
};

/** The file of a call: a multipart part, `attach://part`, a file id of the same kind, or a link. */
export async function fileOf(
  bot: Bot,
  params: Params,
  kind: FileKind,
  given = textOf(params, kind),
): Promise<SentFile | Refusal> {
  const upload = params.files[kind] ?? params.files[/^attach:\/\/(.+)$/.exec(given ?? '')?.[1] ?? ''];
  if (upload) {
    if (upload.bytes.length > (kind === 'photo' ? 10 : 50) * megabyte)
      return { error_code: 413, description: 'Request Entity Too Large' };
    if (upload.bytes.length === 0) return bad('file must be non-empty');
    return describe(bot, kind, keep(bot, upload.type || 'application/octet-stream', upload.bytes, upload.filename));
  }
  if (given === undefined || given === '') return bad(`there is no ${kind.replace('_', ' ')} in the request`);
  return isHttpUrl(given) ? fromLink(bot, kind, given) : fromId(bot, kind, given);
}

function fromId(bot: Bot, kind: FileKind, id: string): SentFile | Refusal {
  const stored = storedFile(bot, id);
  if (!stored) return bad('wrong file identifier/HTTP URL specified');
  const isKind = id.startsWith(prefixes[kind]);
  return isKind ? describe(bot, kind, stored) : bad(`can't use file of type ${kindOf(id)} as ${kind}`);
}

/** Links to this machine are opened; others count as good, since nothing here calls the world. */
async function fromLink(bot: Bot, kind: FileKind, link: string): Promise<SentFile | Refusal> {
  const type = linked[kind];
  if (!type) return bad(`can't send ${kind.replace('_', ' ')} by HTTP URL`);
  if (!isLoopback(link))
    return { ...describe(bot, kind, keep(bot, mimeOf(link), Buffer.alloc(0), undefined)), url: link };
  const loaded = await load(link);
  if (!loaded.ok) return bad('failed to get HTTP URL content');
  if (!type.test(loaded.mime)) return bad('wrong type of the web page content');
  if (loaded.bytes.length > (kind === 'photo' ? 5 : 20) * megabyte) return bad('file is too big');
  return describe(bot, kind, keep(bot, loaded.mime, loaded.bytes, new URL(link).pathname.split('/').at(-1)));
}

function keep({ world, account }: Bot, mime: string, bytes: Buffer, filename: string | undefined): StoredMedia {
  return world.media.put({ mime, bytes, filename, account: account.external_id });
}

export function describe(bot: Bot, kind: FileKind, media: StoredMedia): SentFile {
  return {
    file_id: prefixes[kind] + Buffer.from(media.id).toString('base64url'),
    file_unique_id: `AQAD${createHash('sha256').update(media.id).digest('base64url').slice(0, 12)}`,
    mime: media.mime,
    ...(media.filename && { filename: media.filename }),
    ...(media.bytes.length > 0 && { size: media.bytes.length }),
    url: keptUrl(bot.base, media.id),
  };
}

/** The file behind an id; ids are good for one bot only. */
export function storedFile({ world, account }: Bot, fileId: string): StoredMedia | undefined {
  const prefix = Object.values(prefixes).find((one) => fileId.startsWith(one));
  const media = prefix && world.media.get(Buffer.from(fileId.slice(prefix.length), 'base64url').toString());
  return media && media.account === account.external_id ? media : undefined;
}

function kindOf(fileId: string): string {
  return Object.entries(prefixes).find(([, prefix]) => fileId.startsWith(prefix))?.[0] ?? 'unknown';
}

const mimes: Record<string, string> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.mp4': 'video/mp4',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
};

function mimeOf(link: string): string {
  return mimes[extname(new URL(link).pathname).toLowerCase()] ?? 'application/octet-stream';
}

/** `photos/file_<id>.png`: where getFile says the bytes are. */
export function pathOf(media: StoredMedia): string {
  const folder = `${media.mime.split('/')[0] === 'application' ? 'document' : (media.mime.split('/')[0] ?? 'document')}s`;
  const extension = Object.entries(mimes).find(([, mime]) => mime === media.mime)?.[0] ?? '';
  return `${folder}/file_${media.id}${extension}`;
}

export function mediaAt({ world, account }: Bot, path: string): StoredMedia | undefined {
  const media = world.media.get(/file_(\d+)/.exec(path)?.[1] ?? '');
  return media && media.account === account.external_id && media.bytes.length > 0 ? media : undefined;
}
